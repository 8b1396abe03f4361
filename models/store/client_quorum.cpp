// Reads of a minority quorum: as many replicas of the region as meet every write quorum there,
// asked in parallel; the newest of their versions is the answer.
//
//   bounded_staleness, local_quorum   ──> quorum ──> newest version
//
//   strong   ──> quorum ──> newest version N; committed, as far as a replica knows? ──> N
//            ──> no: barrier: ask a quorum after a wait whether it is, again and again
//            ──> still not: from the beginning
//
// At strong the newest version may not be committed everywhere yet; it is returned when a replica
// knows that it is, so that no later read anywhere returns an older one.
//
//   barrier          waits
//   one region       6 x 5 ms
//   several regions  4 x 10 ms, 30 x 30 ms
//
// Source of the barrier's times: QuorumReader of the public .NET client (direct, 1bc2c522).
// Assumed: a request of the barrier costs nothing and carries no document.
// Not modelled: the barrier of a bounded read whose replicas differ; the primary as a last resort.
#include <algorithm>

#include "models/store/client.hpp"

namespace seatrial::models {

namespace {

// Before the n-th barrier, from 1; nothing: there is none any more.
std::optional<Duration> barrier_wait(int n, bool several_regions) {
  if (!several_regions) {
    return n <= 6 ? std::optional{Duration::milliseconds(5)} : std::nullopt;
  }
  if (n <= 4) return Duration::milliseconds(10);
  return n <= 4 + 30 ? std::optional{Duration::milliseconds(30)} : std::nullopt;
}

// One of several replicas has turned the request away.
std::optional<Duration> longest_refusal(const std::vector<ReplicaAnswer>& answers) {
  std::optional<Duration> longest;
  for (const ReplicaAnswer& answer : answers) {
    if (answer.status != ReplicaStatus::throttled) continue;
    longest = std::max(longest.value_or(Duration{}), answer.retry_after);
  }
  return longest;
}

// Assumed: as the first waits of the barrier.
constexpr Duration look_again = Duration::milliseconds(10);

bool any_is(ReplicaStatus status, const std::vector<ReplicaAnswer>& answers) {
  return std::any_of(answers.begin(), answers.end(),
                     [&](const ReplicaAnswer& answer) { return answer.status == status; });
}

// What the answers to one quorum amount to.
class QuorumView {
 public:
  void add(const ReplicaAnswer& answer) {
    if (!has_newest_ || newest_.version < answer.version) newest_ = answer;
    has_newest_ = true;
  }
  bool is_empty() const { return !has_newest_; }
  const ReplicaAnswer& newest() const { return newest_; }
  void note_commits(const std::vector<ReplicaAnswer>& answers) {
    for (const ReplicaAnswer& answer : answers) {
      if (answer.known_committed >= newest_.version) is_committed_ = true;
    }
  }
  bool is_committed() const { return is_committed_; }

 private:
  ReplicaAnswer newest_;
  bool has_newest_ = false;
  bool is_committed_ = false;
};

}  // namespace

sim::Task<Progress> Client::read_quorum(StoreRequest request, Invocation invocation,
                                        Progress progress) {
  progress.throttling = ThrottleRetries{};
  AccountView& account = account_of(request);
  const auto quorum = static_cast<std::size_t>(config_.replicas - config_.write_quorum + 1);
  const auto first_round = static_cast<std::uint8_t>(progress.sent);
  const Consistency level = level_of_reads(request);
  if (level == Consistency::bounded_staleness) {
    invocation.held_by_quorums = service_.held_by_quorums(Documents::slot_of(request.document));
  }
  ReplicaOrder order{config_, choice_key_, request.name, first_round};
  QuorumView view;
  GoneRetries gone{2 * config_.replicas};
  std::optional<RegionId> refused_by;
  int barrier = 0;
  Duration wait;
  for (std::uint8_t round = first_round; simulation_.now() < request.deadline; ++round) {
    if (wait >= request.deadline - simulation_.now()) break;
    co_await simulation_.delay(wait);
    const RegionId region = request.from_write_region
                                ? account.write_region(partition_of(request))
                                : account.nearest(request.from.region, simulation_.now());
    const Instant sent = simulation_.now();
    order.begin(round);
    sim::Gather<ReplicaAnswer> gather{simulation_, quorum, quorum};
    for (std::size_t i = 0; i < quorum; ++i) {
      ReadRequest message = read_of(request, invocation, {region, order.next()});
      message.waiting = Waiting::gather;
      message.reply_to = gather.address();
      message.is_barrier = !view.is_empty();
      send_read(message, progress);
    }
    const std::vector<ReplicaAnswer> answers = co_await gather.until(give_up_at(request.deadline));
    for (const ReplicaAnswer& answer : answers) {
      count_answer(request.from.region, answer, progress);
    }
    if (answers.size() < quorum) {
      note_silence(request, region, sent);
      continue;
    }
    if (any_is(ReplicaStatus::gone, answers)) {
      const Duration refused_for = gone.next_wait();
      co_await simulation_.until(in_time(refused_for, request.deadline));
      continue;
    }
    if (any_is(ReplicaStatus::not_serving, answers)) {
      account.did_not_answer(region, simulation_.now());
      // Where there is no other to ask the same one is asked again, later.
      wait = refused_by == region ? look_again : Duration{};
      refused_by = region;
      continue;
    }
    const std::optional<Duration> refused = longest_refusal(answers);
    if (refused) {
      const bool again = co_await wait_for_throughput(*refused, request.deadline, &progress);
      if (!again) co_return progress;
      continue;
    }
    if (view.is_empty()) {
      for (const ReplicaAnswer& answer : answers) view.add(answer);
    }
    view.note_commits(answers);
    if (level != Consistency::strong || view.is_committed()) {
      take_answer(view.newest(), progress.answer);
      co_return progress;
    }
    const std::optional<Duration> next = barrier_wait(++barrier, service_.network().regions() > 1);
    wait = next.value_or(Duration{});
    if (next) continue;
    view = QuorumView{};
    barrier = 0;
  }
  co_await simulation_.until(request.deadline);
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

}  // namespace seatrial::models
