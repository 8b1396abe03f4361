#include "models/store/quorum/quorum_draws.hpp"

#include <algorithm>
#include <numeric>

namespace seatrial::models {

namespace {
constexpr std::uint64_t replica_bits = 5;
static_assert(QuorumConfig::most_replicas <= 1 << replica_bits);

std::uint64_t index_of(const OperationName& operation, std::size_t replica) {
  return std::uint64_t{operation.index} << replica_bits | replica;
}
}  // namespace

Duration WriteDraw::committed_after(std::size_t quorum) const {
  std::array<Duration, QuorumConfig::most_replicas> sorted = acknowledged;
  const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(quorum - 1);
  std::nth_element(sorted.begin(), nth, sorted.begin() + static_cast<std::ptrdiff_t>(replicas));
  return *nth;
}

QuorumDraws::QuorumDraws(const QuorumConfig& config, const sim::RandomSource& random)
    : config_{config},
      write_key_{random.key(sim::Purpose{"quorum/write"})},
      acknowledgement_key_{random.key(sim::Purpose{"quorum/write ack"})},
      read_keys_{random.key(sim::Purpose{"quorum/choice"}), random.key(sim::Purpose{"quorum/read"}),
                 random.key(sim::Purpose{"quorum/read reply"})},
      probe_keys_{random.key(sim::Purpose{"probe/choice"}), random.key(sim::Purpose{"probe/read"}),
                  random.key(sim::Purpose{"probe/read reply"})} {}

Duration QuorumDraws::draw(const sim::Distribution& leg, sim::StreamKey key,
                           const OperationName& operation, std::size_t replica) const {
  sim::Stream stream{key, operation.session.value(), index_of(operation, replica)};
  return leg.sample_duration(stream);
}

WriteDraw QuorumDraws::write(const OperationName& operation) const {
  WriteDraw drawn;
  drawn.replicas = static_cast<std::size_t>(config_.replicas);
  for (std::size_t i = 0; i < drawn.replicas; ++i) {
    drawn.arrives[i] = draw(config_.legs.write, write_key_, operation, i);
    const Duration back = draw(config_.legs.write_ack, acknowledgement_key_, operation, i);
    drawn.acknowledged[i] = drawn.arrives[i] + back;
  }
  return drawn;
}

ReadDraw QuorumDraws::read(const OperationName& operation, const ReadKeys& keys) const {
  ReadDraw drawn;
  drawn.quorum = static_cast<std::size_t>(config_.read_quorum);
  const auto replicas = static_cast<std::size_t>(config_.replicas);
  std::array<std::uint8_t, QuorumConfig::most_replicas> order;
  std::iota(order.begin(), order.end(), std::uint8_t{0});
  sim::Stream choice{keys.choice, operation.session.value(), index_of(operation, 0)};
  for (std::size_t i = 0; i < static_cast<std::size_t>(config_.asked_by_read()); ++i) {
    std::swap(order[i], order[i + choice.below(replicas - i)]);
    ReadAnswer answer;
    answer.replica = order[i];
    answer.asked = draw(config_.legs.read, keys.read, operation, answer.replica);
    const Duration back = draw(config_.legs.read_reply, keys.reply, operation, answer.replica);
    answer.answered = answer.asked + back;
    std::size_t place = i;
    for (; place > 0 && drawn.answers[place - 1].answered > answer.answered; --place) {
      drawn.answers[place] = drawn.answers[place - 1];
    }
    drawn.answers[place] = answer;
  }
  return drawn;
}

}  // namespace seatrial::models
