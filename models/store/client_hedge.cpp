// Hedged reads: a read that has no final answer goes to the next nearest region as well, and on.
//
//   own region   ──read──────────────────(no answer, or 404/1002: asks again by the schedule)──>
//   next nearest     after ──read───────────────────> answer: the first final one counts
//   the one after    after + step ──read──> ...
//
// Laws: each region is asked as a client there would ask it, by a plan of its own (read_plan.hpp).
// 404 with sub-status 1002 is not final: the race goes on until every plan is at its end. What the
// losers cost is paid: an answer that comes after the first is a late cost. Every request has a
// name of its own, the attempt's number counts over all regions.
// Source: "Cross Region Request Hedging.md" of azure-cosmos-dotnet-v3.
// Not modelled: hedged reads of quorums, hedged writes; a threshold that adapts.
#include <algorithm>

#include "models/store/client.hpp"

namespace seatrial::models {

namespace {

// The regions by their distance from home; first of all `here`, the one to read from.
std::vector<RegionId> by_distance(const Network& network, RegionId home, RegionId here) {
  std::vector<RegionId> regions{here};
  for (std::uint32_t i = 0; i < network.regions(); ++i)
    if (RegionId{i} != here) regions.push_back(RegionId{i});
  std::stable_sort(regions.begin() + 1, regions.end(), [&](RegionId one, RegionId other) {
    return network.base_one_way(home, one) < network.base_one_way(home, other);
  });
  if (regions.size() > ReplicaOrder::most_arms) regions.resize(ReplicaOrder::most_arms);
  return regions;
}

// One region of the race: waits to send, waits for an answer, or is at its end.
class Arm {
 public:
  Arm(ReadPlan plan, Instant now) : plan_{plan} { plan_on(now); }

  bool is_over() const { return !step_; }
  bool sends_at(Instant now) const { return step_ && !asked_ && next_ <= now; }
  bool waits_for(AttemptNumber attempt) const { return asked_ == attempt; }
  const ReadPlan::Step& step() const { return *step_; }
  // When it has something to do.
  Instant next() const { return step_ ? next_ : Instant::never(); }

  void sent(AttemptNumber attempt, Instant now, Instant give_up) {
    asked_ = attempt;
    sent_ = now;
    next_ = give_up;
  }
  Instant sent_at() const { return sent_; }
  bool gives_up(Instant now) const { return asked_ && next_ <= now; }
  void was_behind(Instant now) {
    plan_.was_behind();
    plan_on(now);
  }
  void was_gone(Instant now) {
    plan_.was_gone();
    plan_on(now);
  }
  void was_throttled(Duration retry_after, Instant now) {
    const std::optional<Duration> wait = throttling_.next_wait(retry_after);
    is_throttled_ = !wait;
    plan_on(now);
    if (!wait) step_.reset();
    if (step_) next_ = std::max(next_, now + *wait);
  }
  bool is_throttled() const { return is_throttled_; }
  void give_up_if_due(Instant now) {
    if (gives_up(now)) plan_on(now);
  }

 private:
  void plan_on(Instant now) {
    asked_.reset();
    step_ = plan_.next(now);
    if (step_) next_ = now + step_->wait;
  }

  ReadPlan plan_;
  std::optional<ReadPlan::Step> step_;
  std::optional<AttemptNumber> asked_;
  Instant sent_;
  ThrottleRetries throttling_;
  bool is_throttled_ = false;  // to its end
  Instant next_;               // to send, or, having asked, to stop waiting
};

class Race {
 public:
  Race(std::vector<RegionId> regions, const HedgeConfig& config, Instant now)
      : regions_{std::move(regions)}, config_{config}, next_start_{now} {}

  // The region that is to be asked from now on, too.
  std::optional<RegionId> next_region(Instant now) const {
    if (arms.size() == regions_.size() || now < next_start_) return std::nullopt;
    return regions_[arms.size()];
  }
  void start(Arm arm, Instant now) {
    next_start_ = now + (arms.empty() ? config_.after : config_.step);
    arms.push_back(std::move(arm));
  }
  bool is_over() const {
    return arms.size() == regions_.size() &&
           std::all_of(arms.begin(), arms.end(), [](const Arm& arm) { return arm.is_over(); });
  }
  Instant next() const {
    Instant earliest = arms.size() == regions_.size() ? Instant::never() : next_start_;
    for (const Arm& arm : arms) earliest = std::min(earliest, arm.next());
    return earliest;
  }
  // Of a race that is over.
  Outcome outcome() const {
    const bool throttled =
        std::any_of(arms.begin(), arms.end(), [](const Arm& arm) { return arm.is_throttled(); });
    return throttled ? Outcome::throttled : Outcome::token_unsatisfied;
  }
  Arm* waiting_for(AttemptNumber attempt) {
    const auto found = std::find_if(arms.begin(), arms.end(),
                                    [&](const Arm& arm) { return arm.waits_for(attempt); });
    return found == arms.end() ? nullptr : &*found;
  }

  std::vector<Arm> arms;

 private:
  std::vector<RegionId> regions_;
  HedgeConfig config_;
  Instant next_start_;
};

}  // namespace

sim::Task<Progress> Client::read_hedged(StoreRequest request, Invocation invocation,
                                        Progress progress) {
  sim::ReplyBox<ReplicaAnswer> box{simulation_};
  const AccountView& account = account_of(request);
  const RegionId home = request.from.region;
  const RegionId write_region = account.write_region(partition_of(request));
  const RegionId here = account.nearest(home, simulation_.now());
  Race race{by_distance(service_.network(), home, here), config_.hedge, simulation_.now()};
  while (simulation_.now() < request.deadline) {
    const Instant now = simulation_.now();
    if (const std::optional<RegionId> region = race.next_region(now)) {
      const auto arm = static_cast<std::uint8_t>(race.arms.size());
      if (arm > 0) ++hedges_;
      const ReadPlan::Regions regions{*region, write_region};
      race.start(
          Arm{ReadPlan{config_, request, regions, choice_key_, progress.sent, now, arm}, now}, now);
    }
    for (Arm& arm : race.arms) {
      if (arm.gives_up(now)) note_silence(request, arm.step().to.region, arm.sent_at());
      arm.give_up_if_due(now);
      if (!arm.sends_at(now)) continue;
      ReadRequest message = read_of(request, invocation, arm.step().to);
      if (!arm.step().carries_token) message.barrier = SessionToken{};
      message.waiting = Waiting::box;
      message.reply_to = box.address();
      arm.sent(progress.sent, now, give_up_at(request.deadline));
      send_read(message, progress);
    }
    if (race.is_over()) {
      end_without_answer(race.outcome(), now, progress.answer);
      co_return progress;
    }
    const Instant next = std::min(race.next(), request.deadline);
    const std::optional<ReplicaAnswer> reply = co_await box.until(next);
    if (!reply) continue;
    count_answer(request.from.region, *reply, progress);
    Arm* const arm = race.waiting_for(reply->attempt);
    if (arm == nullptr) continue;
    if (reply->status == ReplicaStatus::ok) {
      take_answer(*reply, progress.answer);
      if (!arm->step().carries_token) progress.answer.degraded = Degraded::token_given_up;
      co_return progress;
    }
    if (reply->status == ReplicaStatus::throttled) {
      arm->was_throttled(reply->retry_after, simulation_.now());
    } else if (reply->status == ReplicaStatus::gone) {
      arm->was_gone(simulation_.now());
    } else {
      arm->was_behind(simulation_.now());
    }
  }
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

}  // namespace seatrial::models
