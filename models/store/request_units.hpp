// What requests to the store cost.
//
// Law: a point read of 1 KB costs 1 RU, of 100 KB 10 RU; an insert or a delete 5 and 50 RU; a
// replace twice an insert of the same item. Between the published points the cost grows with the
// square root of the size, which meets both; below 1 KB it does not fall. In thousandths, so sums
// are exact. Sources: optimize-cost-reads-writes.md, key-value-store-cost.md of the Azure Cosmos DB
// documentation (one write, which deletes are among); partial-document-update-faq.yml (a PATCH
// costs about as much as a replace); troubleshoot-request-rate-too-large (what fails with 412 is
// charged). A strong or bounded read asks two replicas, each of which charges a read: twice the
// price. Assumed: the curve between the two points; a 404/1002 is free (diagnostics of the .NET
// client show 0); a write that is refused (409, 412, 404) costs what reading the document costs,
// and a document that is not there is read at the lowest price.
#pragma once

#include "models/observation.hpp"

namespace seatrial::models {

RequestUnits cost_of_read(Bytes document);
RequestUnits cost_of_write(OperationKind kind, Bytes document);
RequestUnits cost_of_refusal(Bytes document, bool is_missing);

}  // namespace seatrial::models
