// Read repair: the coordinator of a read waits for the answers that it did not need, and sends the
// newest version of them all to the replicas that answered with an older one.
//
//   read ──> 3 replicas   answers: 7, 6          done at the second
//                         answers: 5             repair: 7 ──> the second and the third
//
// Its event comes when the last answer is due, at the read's deadline at the latest; answers of
// replicas count that came by then.
#include <algorithm>

#include "models/store/quorum/quorum_protocol.hpp"
#include "models/store/request_units.hpp"

namespace seatrial::models {

void QuorumProtocol::repair_later(const StoreRequest& request, Instant sent, const ReadDraw& draw) {
  RepairingRead read;
  read.name = request.name;
  read.region = request.from.region;
  read.document = Documents::slot_of(request.document);
  read.sent = sent;
  read.question = chains_[read.document].questions().begin();
  documents_.use(read.document);
  const Instant when = std::min(sent + draw.last_after(), request.deadline);
  simulation_.schedule(when, [this, read] { repair(read); });
}

void QuorumProtocol::repair(const RepairingRead& read) {
  VersionChain& chain = chains_[read.document];
  const ReadDraw draw = draws_.read(read.name);
  const auto version_of = [&](const ReadAnswer& answer) {
    return chain.newest_at(answer.replica, read.sent + answer.asked);
  };
  const auto has_come = [&](const ReadAnswer& answer) {
    return read.sent + answer.answered <= simulation_.now() &&
           is_up(read.document, answer.replica, read.sent + answer.asked);
  };
  Version newest;
  for (const ReadAnswer& answer : draw.all()) {
    if (has_come(answer)) newest = std::max(newest, version_of(answer));
  }
  for (const ReadAnswer& answer : draw.all()) {
    if (has_come(answer) && version_of(answer) < newest) send_repair(read, newest, answer.replica);
  }
  chain.questions().end(read.question);
  documents_.release(read.document);
}

void QuorumProtocol::send_repair(const RepairingRead& read, Version newest, std::size_t replica) {
  const DocumentName document = documents_.at(read.document).name;
  const Bytes size = size_of(read.document);
  ++traffic_.read_repairs;
  traffic_.read_repair_bytes += size;
  LateCost cost;
  cost.is_background = true;
  cost.session = read.name.session;
  cost.kind = OperationKind::read;
  cost.document = document;
  cost.region = read.region;
  cost.at = simulation_.now();
  const std::int64_t of_all = cost_of_write(OperationKind::update, size).thousandths;
  cost.ru = RequestUnits{of_all / config_.replicas};
  observer_.late(cost);
  const RepairDraw drawn = draws_.repair(read.name, replica);
  if (drawn.is_lost) return;
  documents_.use(read.document);
  simulation_.schedule(drawn.there, [this, slot = read.document, newest, replica] {
    const Instant now = simulation_.now();
    if (is_up(slot, replica, now)) chains_[slot].bring(newest, replica, now);
    documents_.release(slot);
  });
}

}  // namespace seatrial::models
