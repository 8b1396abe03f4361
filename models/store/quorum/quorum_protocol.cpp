#include "models/store/quorum/quorum_protocol.hpp"

#include <algorithm>

#include "models/faults/timeline.hpp"
#include "models/store/request_units.hpp"

namespace seatrial::models {

namespace {

// Keeps what an open question may ask about.
class OpenQuestion {
 public:
  OpenQuestion(std::vector<VersionChain>& chains, std::uint32_t document)
      : chains_{chains}, document_{document}, generation_{chains[document].questions().begin()} {}
  OpenQuestion(const OpenQuestion&) = delete;
  OpenQuestion& operator=(const OpenQuestion&) = delete;
  ~OpenQuestion() { chains_[document_].questions().end(generation_); }

 private:
  std::vector<VersionChain>& chains_;
  std::uint32_t document_;
  GracePeriods::Generation generation_;
};

StoreAnswer ended(Outcome outcome, Instant now, const StoreAnswer& so_far) {
  StoreAnswer answer;
  answer.outcome = outcome;
  answer.answered = now;
  answer.attempts = so_far.attempts;
  answer.ru = so_far.ru;
  return answer;
}

void count_requests(std::int64_t requests, RequestUnits ru, StoreAnswer& answer) {
  answer.attempts =
      static_cast<std::uint8_t>(std::min<std::int64_t>(answer.attempts + requests, 255));
  answer.ru += ru;
}

bool crash_replicas_in(const std::vector<PhaseConfig>& phases) {
  return std::any_of(phases.begin(), phases.end(), [](const PhaseConfig& phase) {
    return std::any_of(phase.faults.begin(), phase.faults.end(),
                       [](const FaultConfig& fault) { return fault.kind == FaultKind::replicas; });
  });
}

RequestUnits cost_of_reads(Bytes document, std::int64_t replicas) {
  return RequestUnits{cost_of_read(document).thousandths * replicas};
}

}  // namespace

QuorumProtocol::QuorumProtocol(const StoreSurroundings& around, const QuorumConfig& config)
    : simulation_{around.simulation},
      network_{around.network},
      observer_{around.observer},
      witness_{around.observer.witness()},
      config_{config},
      probe_{around.config.probes.freshness},
      end_{end_of_phases(around.config)},
      arrivals_may_change_{!config.only_writes() || crash_replicas_in(around.config.phases)},
      draws_{config, around.random},
      documents_{static_cast<std::uint32_t>(around.config.store.partitions)},
      paths_{around.config.data},
      is_down_(around.network.regions()),
      last_lsns_(static_cast<std::size_t>(around.config.store.partitions)),
      victim_key_{around.random.key(sim::Purpose{"store/crashed replicas"})} {
  SEATRIAL_ASSERT(config.write_quorum >= 1 && config.write_quorum <= config.replicas,
                  "a write quorum is 1 to all replicas");
  SEATRIAL_ASSERT(config.read_quorum >= 1 && config.read_quorum <= config.asked_by_read() &&
                      config.asked_by_read() <= config.replicas,
                  "a read waits for 1 to all of the replicas that it asks");
  for (const DataClassConfig& data : around.config.data) {
    sizes_.push_back(data.size);
    payloads_.push_back(patches(data.update) ? data.patch_size : data.size);
  }
  if (config_.anti_entropy.present) exchange_later();
}

DocumentHandle QuorumProtocol::open(DocumentName name) {
  const DocumentHandle handle = documents_.open(name);
  const std::uint32_t slot = Documents::slot_of(handle);
  if (slot >= chains_.size()) chains_.resize(slot + 1);
  chains_[slot].begin(static_cast<std::size_t>(config_.replicas));
  paths_.open(slot, name.data_class);
  return handle;
}

void QuorumProtocol::close(DocumentHandle handle) {
  tell_versions(Documents::slot_of(handle));
  documents_.close(handle);
}

PartitionId QuorumProtocol::partition_of(DocumentHandle handle) const {
  return PartitionId{documents_.at(Documents::slot_of(handle)).partition};
}

std::uint32_t QuorumProtocol::partitions() const {
  return static_cast<std::uint32_t>(last_lsns_.size());
}

Version QuorumProtocol::newest_committed(DocumentHandle handle) const {
  return chains_[Documents::slot_of(handle)].newest_committed();
}

bool QuorumProtocol::lacks(const UnappliedWrite& write) const {
  if (!documents_.is_open(write.document)) return false;
  const VersionChain& chain = chains_[Documents::slot_of(write.document)];
  return !chain.is_everywhere(write.version, simulation_.now());
}

ReplicationState QuorumProtocol::replication_state(RegionId, Instant now) {
  ReplicationState state =
      unapplied_.state(now, [this](const UnappliedWrite& write) { return lacks(write); });
  if (!arrivals_may_change_) state.entries_lacking = 0;  // they are on their way
  return state;
}

// The store sends nothing between regions, but users are served abroad, and tokens are kept there.
void QuorumProtocol::count_replication(ReplicationObserved& seen, Instant) {
  seen.merge(traffic_);
  seen.request_bytes += network_.bytes_between_regions();
}

sim::Task<StoreAnswer> QuorumProtocol::read(StoreRequest request, Invocation invocation) {
  const StoreAnswer none;
  if (!documents_.is_open(request.document)) {
    co_return ended(Outcome::reset, simulation_.now(), none);
  }
  const DocumentUse use{documents_, Documents::slot_of(request.document)};
  co_return co_await read_open(request, invocation);
}

sim::Task<StoreAnswer> QuorumProtocol::update(StoreRequest request, Invocation invocation) {
  const StoreAnswer none;
  if (!documents_.is_open(request.document)) {
    co_return ended(Outcome::reset, simulation_.now(), none);
  }
  const DocumentUse use{documents_, Documents::slot_of(request.document)};
  if (!reads_first(request.update)) co_return co_await write(request, none);
  const StoreAnswer before = co_await read_open(request, invocation);
  if (before.outcome != Outcome::ok) co_return before;
  co_return co_await write(request, before);
}

sim::Task<StoreAnswer> QuorumProtocol::read_open(StoreRequest request, Invocation invocation) {
  if (is_down(request)) {
    const StoreAnswer none;
    co_await simulation_.until(request.deadline);
    co_return ended(Outcome::timed_out, request.deadline, none);
  }
  const OpenQuestion question{chains_, Documents::slot_of(request.document)};
  const Instant sent = simulation_.now();
  ReadDraw draw = draws_.read(request.name);
  if (Trace* const trace = network_.trace_of(request.name.session)) {
    tell_asked(*trace, request, sent, draw.first());
  }
  bool has_all = false;
  while (!has_all && draw.is_in_time(sent, request.deadline)) {
    co_await simulation_.until(sent + draw.done_after());
    has_all = !drop_unanswered(request, sent, draw);
  }
  if (!has_all) co_await simulation_.until(request.deadline);
  StoreAnswer paid;
  count_requests(config_.asked_by_read(), cost_of_reads(request.size, config_.asked_by_read()),
                 paid);
  if (!has_all) co_return ended(Outcome::timed_out, request.deadline, paid);
  StoreAnswer result = answer_of(request, invocation, sent, draw);
  result.attempts = paid.attempts;
  result.ru = paid.ru;
  co_return result;
}

StoreAnswer QuorumProtocol::answer_of(const StoreRequest& request, const Invocation& invocation,
                                      Instant sent, const ReadDraw& draw) {
  if (Trace* const trace = network_.trace_of(request.name.session)) {
    tell_answers(*trace, request, sent, draw);
  }
  StoreAnswer result = ended(Outcome::ok, sent + draw.done_after(), StoreAnswer{});
  result.served_by = request.from.region;
  take_newest(request, sent, draw, result);
  result.truth = chains_[Documents::slot_of(request.document)].judge(invocation, result.version);
  result.truth.allowed = result.truth.versions_behind == 0 || !config_.overlaps();
  if (draws_.repairs(request.name)) repair_later(request, sent, draw);
  return result;
}

bool QuorumProtocol::drop_unanswered(const StoreRequest& request, Instant sent,
                                     ReadDraw& draw) const {
  if (outages_.none()) return false;
  const auto document = Documents::slot_of(request.document);
  const auto begin = draw.answers.begin();
  const auto end_of_first = begin + static_cast<std::ptrdiff_t>(draw.quorum);
  const auto end = begin + static_cast<std::ptrdiff_t>(draw.asked);
  const auto answered = [&](const ReadAnswer& answer) {
    return is_up(document, answer.replica, sent + answer.asked);
  };
  const auto kept = std::stable_partition(begin, end_of_first, answered);
  const auto dropped = static_cast<std::size_t>(end_of_first - kept);
  std::rotate(kept, end_of_first, end);
  draw.asked -= dropped;
  if (Trace* const trace = network_.trace_of(request.name.session); trace && dropped > 0) {
    const std::size_t more = std::min(draw.quorum, draw.asked);
    tell_asked(*trace, request, sent, draw.all().subspan(0, more).last(std::min(dropped, more)));
  }
  return dropped > 0;
}

void QuorumProtocol::take_newest(const StoreRequest& request, Instant sent, const ReadDraw& draw,
                                 StoreAnswer& answer) const {
  const VersionChain& chain = chains_[Documents::slot_of(request.document)];
  answer.replica = draw.first().front().replica;
  for (const ReadAnswer& one : draw.first()) {
    const Version version = chain.newest_at(one.replica, sent + one.asked);
    if (version <= answer.version) continue;
    answer.version = version;
    answer.replica = one.replica;
  }
}

sim::Task<StoreAnswer> QuorumProtocol::write(StoreRequest request, StoreAnswer so_far) {
  if (is_down(request)) {
    co_await simulation_.until(request.deadline);
    co_return ended(Outcome::timed_out, request.deadline, so_far);
  }
  sim::ReplySlot<Committed> slot{simulation_};
  const Version base = so_far.version;
  const Sent sent = send(request, base, slot.address());
  count_requests(config_.replicas, cost_of_write(OperationKind::update, request.size), so_far);
  const std::optional<Committed> committed = co_await slot.until(request.deadline);
  if (!committed) co_return ended(Outcome::timed_out, simulation_.now(), so_far);
  StoreAnswer answer = ended(Outcome::ok, committed->at, so_far);
  answer.version = sent.version;
  answer.based_on = base;
  answer.lost_update = sent.overwrites_unseen;
  answer.served_by = request.from.region;
  co_return answer;
}

// The order of sending is that of versions, so what it overwrites is known when it is sent.
bool QuorumProtocol::overwrites_unseen(const StoreRequest& request, const Document& document,
                                       Version base) const {
  if (request.update == UpdateBy::replace && document.newest_ordinal != base.ordinal) return true;
  return request.seen && paths_.changed_since(Documents::slot_of(request.document), request.paths,
                                              *request.seen, request.name.session);
}

QuorumProtocol::Sent QuorumProtocol::send(const StoreRequest& request, Version base,
                                          sim::ReplyAddress reply_to) {
  const Instant now = simulation_.now();
  Sent sent;
  sent.write = {request.name, now};
  sent.region = request.from.region;
  sent.handle = request.document;
  sent.document = Documents::slot_of(request.document);
  sent.reply_to = reply_to;
  Document& document = documents_.at(sent.document);
  sent.overwrites_unseen = overwrites_unseen(request, document, base);
  sent.version = Version{epoch, ++last_lsns_[document.partition], ++document.newest_ordinal};
  document.newest_lsn = sent.version.lsn;
  paths_.changed(sent.document, request.paths, sent.version, request.name.session);

  const QuorumDelivery delivery{conditions_of(sent.document), sent.write};
  const std::span<const Instant> row = delivery.arrivals();
  chains_[sent.document].append(sent.version, row, now, request.name);
  traffic_.hints += delivery.hints;
  traffic_.hint_bytes += static_cast<Bytes>(delivery.hints) * payload_of(sent.document);
  sent.everywhere =
      arrivals_may_change_ ? Instant::never() : *std::max_element(row.begin(), row.end());
  commit_at(delivery.committed(config_.write_quorum), sent);
  if (Trace* const trace = network_.trace_of(request.name.session)) tell(*trace, sent, delivery);
  tell_appended(sent);
  return sent;
}

void QuorumProtocol::commit_at(Instant when, const Sent& sent) {
  if (when == Instant::never()) return;
  documents_.use(sent.document);
  simulation_.schedule(when, [this, sent] { commit_if_acknowledged(sent); });
}

// A crash since it was sent may have put an acknowledgement off.
void QuorumProtocol::commit_if_acknowledged(const Sent& sent) {
  Instant when = simulation_.now();
  if (!outages_.none()) {
    const QuorumDelivery delivery{conditions_of(sent.document), sent.write};
    when = delivery.committed(config_.write_quorum);
  }
  if (when > simulation_.now()) {
    commit_at(when, sent);
  } else {
    commit(sent);
  }
  documents_.release(sent.document);
}

void QuorumProtocol::commit(const Sent& sent) {
  const Instant now = simulation_.now();
  const Document& document = documents_.at(sent.document);
  chains_[sent.document].commit(sent.version, now);
  CommitObserved commit;
  commit.partition = PartitionId{document.partition};
  commit.document = document.name;
  commit.version = sent.version;
  commit.committed = now;
  commit.writer = sent.write.name.session;
  observer_.commit(commit);
  unapplied_.add({now, sent.everywhere, sent.handle, sent.version}, now,
                 [this](const UnappliedWrite& write) { return lacks(write); });
  Committed committed;
  committed.at = now;
  sim::ReplySlot<Committed>::deliver(simulation_, sent.reply_to, committed);
  if (probe_.present && ++commits_ % probe_.every == 0) probe(sent);
}

}  // namespace seatrial::models
