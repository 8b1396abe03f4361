// What of a write travels to another region, and what it costs to pack and unpack.
//
//   as_written   what the request carried: the patch, or the document
//   delta        the changed part, as large as a patch, however the document was updated
//   full         the whole document, even of a patch
//
// An insert is its document and a delete a header, however updates travel.
//
// Law: the size on the wire is a function of the write alone, and compression leaves the headers.
// Assumed: a delta has the size of the class' patch_size; compression has one ratio for everything.
#pragma once

#include "models/fields.hpp"
#include "models/observation.hpp"
#include "models/store/replication/plan.hpp"

namespace seatrial::models {

struct Shipped {
  Bytes bytes = 0;  // with headers
  Duration work_each_end;
};

Shipped shipped(const ShippingPlan& plan, OperationKind kind, Bytes document, Bytes patch,
                Bytes carried);

void describe(FieldVisitor&, ShippingPlan&);

}  // namespace seatrial::models
