// A strong write of an account with several regions: the primary answers when its own region's
// quorum has the write, and the client library asks until the write is committed.
//
//   pod ──write──> primary: append ── own quorum ──> LSN ──> pod
//   pod ──HEAD───> primary: committed up to LSN? ──yes──> done
//        ^─────── no: 10 ms (4 times), then 30 ms (30 times) ──> timed out, outcome unknown
//
// So the latency of a strong write goes in steps: it ends at the first question after the commit.
// A pod in another region pays its own round trip for each question.
//
// Source: ConsistencyWriter.cs of the public .NET client (direct, 1bc2c522).
// Assumed: a question costs no request units; the primary is asked.
// Not modelled: questions to secondaries, which may learn of the commit a little later.
#include "models/store/client.hpp"

namespace seatrial::models {

namespace {

constexpr int short_waits = 4;
constexpr int long_waits = 30;

Duration wait_before(int question) {
  if (question == 0) return Duration{};
  return Duration::milliseconds(question <= short_waits ? 10 : 30);
}

}  // namespace

sim::Task<Progress> Client::await_commit(StoreRequest request, Progress progress) {
  const AccountView& account = account_of(request);
  const Version written = progress.answer.version;
  const Invocation nobody;
  for (int question = 0; question <= short_waits + long_waits; ++question) {
    const Duration wait = wait_before(question);
    if (wait >= request.deadline - simulation_.now()) {
      co_await simulation_.until(request.deadline);
      break;
    }
    co_await simulation_.delay(wait);
    sim::ReplySlot<ReplicaAnswer> slot{simulation_};
    const RegionId to = account.write_region(partition_of(request));
    const Instant sent = simulation_.now();
    ReadRequest message = read_of(request, nobody, ReplicaAddress{to, 0});
    message.reply_to = slot.address();
    message.asks_for_commit = true;
    message.barrier = SessionToken{written.epoch, written.lsn};
    send_read(message, progress);
    const std::optional<ReplicaAnswer> reply = co_await slot.until(give_up_at(request.deadline));
    if (!reply) {
      note_silence(request, to, sent);
      continue;
    }
    count_answer(request.from.region, *reply, progress);
    if (reply->status == ReplicaStatus::ok) {
      progress.answer.answered = reply->answered;
      co_return progress;
    }
  }
  end_without_answer(Outcome::timed_out, simulation_.now(), progress.answer);
  co_return progress;
}

}  // namespace seatrial::models
