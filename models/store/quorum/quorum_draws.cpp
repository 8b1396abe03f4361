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

QuorumDraws::QuorumDraws(const QuorumConfig& config, const sim::RandomSource& random)
    : config_{config},
      write_key_{random.key(sim::Purpose{"quorum/write"})},
      acknowledgement_key_{random.key(sim::Purpose{"quorum/write ack"})},
      lost_key_{random.key(sim::Purpose{"quorum/write lost"})},
      repairs_key_{random.key(sim::Purpose{"quorum/repairs"})},
      repair_key_{random.key(sim::Purpose{"quorum/repair"})},
      lost_repair_key_{random.key(sim::Purpose{"quorum/repair lost"})},
      exchange_key_{random.key(sim::Purpose{"quorum/exchange"})},
      read_keys_{random.key(sim::Purpose{"quorum/choice"}), random.key(sim::Purpose{"quorum/read"}),
                 random.key(sim::Purpose{"quorum/read reply"})},
      probe_keys_{random.key(sim::Purpose{"probe/choice"}), random.key(sim::Purpose{"probe/read"}),
                  random.key(sim::Purpose{"probe/read reply"})} {}

Duration QuorumDraws::draw(const sim::Distribution& leg, sim::StreamKey key,
                           const OperationName& operation, std::size_t replica,
                           std::uint8_t attempt) const {
  sim::Stream stream{key, operation.session.value(), index_of(operation, replica), attempt};
  return leg.sample_duration(stream);
}

bool QuorumDraws::is_lost(sim::StreamKey key, const OperationName& operation, std::size_t replica,
                          std::uint8_t attempt) const {
  if (config_.lost_writes == 0) return false;
  sim::Stream stream{key, operation.session.value(), index_of(operation, replica), attempt};
  return stream.uniform() < config_.lost_writes;
}

WriteDraw QuorumDraws::write(const OperationName& operation, std::size_t replica,
                             std::uint8_t attempt) const {
  WriteDraw drawn;
  drawn.there = draw(config_.legs.write, write_key_, operation, replica, attempt);
  drawn.back = draw(config_.legs.write_ack, acknowledgement_key_, operation, replica, attempt);
  drawn.is_lost = is_lost(lost_key_, operation, replica, attempt);
  return drawn;
}

bool QuorumDraws::repairs(const OperationName& read) const {
  if (config_.read_repair == 0) return false;
  sim::Stream stream{repairs_key_, read.session.value(), index_of(read, 0)};
  return stream.uniform() < config_.read_repair;
}

RepairDraw QuorumDraws::repair(const OperationName& read, std::size_t replica) const {
  RepairDraw drawn;
  drawn.there = draw(config_.legs.write, repair_key_, read, replica);
  drawn.is_lost = is_lost(lost_repair_key_, read, replica);
  return drawn;
}

Duration QuorumDraws::exchange(std::uint64_t round, std::size_t replica) const {
  sim::Stream stream{exchange_key_, round, replica};
  return config_.legs.write.sample_duration(stream);
}

ReadDraw QuorumDraws::read(const OperationName& operation, const ReadKeys& keys) const {
  ReadDraw drawn;
  drawn.asked = static_cast<std::size_t>(config_.asked_by_read());
  drawn.quorum = static_cast<std::size_t>(config_.read_quorum);
  const auto replicas = static_cast<std::size_t>(config_.replicas);
  std::array<std::uint8_t, QuorumConfig::most_replicas> order;
  std::iota(order.begin(), order.end(), std::uint8_t{0});
  sim::Stream choice{keys.choice, operation.session.value(), index_of(operation, 0)};
  for (std::size_t i = 0; i < drawn.asked; ++i) {
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
