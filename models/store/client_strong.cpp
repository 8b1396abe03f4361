// Strong reads: a quorum of replicas that meets every local write quorum, asked in parallel. The
// newest of their versions may not be committed everywhere yet; it is returned when a replica knows
// that it is, so that no later read anywhere returns an older one.
//
//   ──> quorum ──> newest version N; committed, as far as a replica knows? ──> N
//   ──> no: barrier: ask a quorum again after 10 ms (4 times), then every 30 ms
//
// A region that a commit does not wait for says so, and another is asked.
//
// Source of the barrier's times: QuorumReader of the public .NET client (direct, 1bc2c522).
// Assumed: a request of the barrier costs nothing and carries no document. Not modelled: the
// barrier's end after 30 tries (it goes on until the deadline).
#include <algorithm>

#include "models/store/client.hpp"

namespace seatrial::models {

namespace {

constexpr int short_waits = 4;

Duration barrier_wait(int round) {
  if (round == 0) return Duration{};
  return Duration::milliseconds(round <= short_waits ? 10 : 30);
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

bool is_not_serving(const std::vector<ReplicaAnswer>& answers) {
  return std::any_of(answers.begin(), answers.end(), [](const ReplicaAnswer& answer) {
    return answer.status == ReplicaStatus::not_serving;
  });
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
  ReplicaOrder order{config_, choice_key_, request.name, first_round};
  QuorumView view;
  int barrier = 0;
  for (std::uint8_t round = first_round; simulation_.now() < request.deadline; ++round) {
    const Duration wait = barrier_wait(barrier);
    if (wait >= request.deadline - simulation_.now()) break;
    co_await simulation_.delay(wait);
    const RegionId region = request.from_write_region
                                ? account.write_region(partition_of(request))
                                : account.nearest(request.from.region, simulation_.now());
    const Instant sent = simulation_.now();
    const Asks asks = view.is_empty() ? Asks::document : Asks::what_is_committed;
    order.begin(round);
    sim::Gather<ReplicaAnswer> gather{simulation_, quorum, quorum};
    for (std::size_t i = 0; i < quorum; ++i) {
      const ReplicaAddress to{region, order.next()};
      send_read(request, invocation, to, gather.address(), asks, progress);
    }
    const std::vector<ReplicaAnswer> answers = co_await gather.until(give_up_at(request.deadline));
    for (const ReplicaAnswer& answer : answers) {
      count_answer(request.from.region, answer, progress);
    }
    if (answers.size() < quorum) {
      note_silence(request, region, sent);
      continue;
    }
    if (is_not_serving(answers)) {
      account.did_not_answer(region, simulation_.now());
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
    if (view.is_committed()) {
      take_answer(view.newest(), progress.answer);
      co_return progress;
    }
    ++barrier;
  }
  co_await simulation_.until(request.deadline);
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

}  // namespace seatrial::models
