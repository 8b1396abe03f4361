// What requests to the store cost.
//
// Law: a point read of 1 KB costs 1 RU, of 100 KB 10 RU; an insert 5 and 50 RU; a replace twice
// an insert of the same item. Between the published points the cost grows with the square root of
// the size, which meets both; below 1 KB it does not fall. In thousandths, so sums are exact.
// Sources: optimize-cost-reads-writes.md, key-value-store-cost.md of the Azure Cosmos DB
// documentation; partial-document-update-faq.yml (a PATCH costs about as much as a replace).
// Assumed: the curve between the two points; a 404/1002 is free (diagnostics of the .NET client
// show 0); a failed precondition costs what reading the document costs.
#pragma once

#include "models/ids.hpp"

namespace seatrial::models {

RequestUnits cost_of_read(Bytes document);
// By PATCH or replace.
RequestUnits cost_of_update(Bytes document);

}  // namespace seatrial::models
