// The luck of a quorum's messages: which replicas a read asks, how long each message takes, which
// are lost, and which reads repair.
//
// Law: every draw is named by the operation, the leg and the replica, so that the same operation
// has the same luck under every policy; virtual reads draw from streams of their own. Answers of
// one instant come in a random order.
// Source: the WARS model of Bailis et al., "Probabilistically Bounded Staleness", VLDB 2012: a
// write (W) and its acknowledgement (A), a read (R) and its answer (S).
#pragma once

#include <array>
#include <span>

#include "models/ids.hpp"
#include "models/network/place.hpp"
#include "models/store/quorum/quorum_config.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {

// The two legs of one message of a write to one replica.
struct WriteDraw {
  Duration there;
  Duration back;
  bool is_lost = false;  // on its way there
};

// An answer that a read waits for.
struct ReadAnswer {
  Duration answered;  // after the send
  Duration asked;     // when the request is at the replica
  std::uint8_t replica = 0;
};

// The answers of one read, in the order in which they come.
struct ReadDraw {
  std::array<ReadAnswer, QuorumConfig::most_replicas> answers;
  std::size_t asked = 0;
  std::size_t quorum = 0;

  std::span<const ReadAnswer> all() const { return {answers.data(), asked}; }
  std::span<const ReadAnswer> first() const { return {answers.data(), quorum}; }
  Duration done_after() const { return answers[quorum - 1].answered; }
  Duration last_after() const { return answers[asked - 1].answered; }
  // As many are to come as it waits for, and early enough.
  bool is_in_time(Instant sent, Instant deadline) const {
    return asked >= quorum && sent + done_after() <= deadline;
  }
};

// A message that repairs a replica.
struct RepairDraw {
  Duration there;
  bool is_lost = false;
};

class QuorumDraws {
 public:
  QuorumDraws(const QuorumConfig& config, const sim::RandomSource& random);

  // `attempt`: 0 for the write itself, then one for each hint.
  WriteDraw write(const OperationName& operation, std::size_t replica,
                  std::uint8_t attempt = 0) const;
  ReadDraw read(const OperationName& operation) const { return read(operation, read_keys_); }
  // A read that nobody sends, after the commit of what the operation wrote.
  ReadDraw virtual_read(const OperationName& write) const { return read(write, probe_keys_); }
  // Whether a read repairs, and how it fares with one replica.
  bool repairs(const OperationName& read) const;
  RepairDraw repair(const OperationName& read, std::size_t replica) const;
  // How long an exchange of a replica with the next takes.
  Duration exchange(std::uint64_t round, std::size_t replica) const;

 private:
  struct ReadKeys {
    sim::StreamKey choice, read, reply;
  };

  ReadDraw read(const OperationName& operation, const ReadKeys& keys) const;
  Duration draw(const sim::Distribution& leg, sim::StreamKey key, const OperationName& operation,
                std::size_t replica, std::uint8_t attempt = 0) const;
  bool is_lost(sim::StreamKey key, const OperationName& operation, std::size_t replica,
               std::uint8_t attempt = 0) const;

  QuorumConfig config_;
  sim::StreamKey write_key_;
  sim::StreamKey acknowledgement_key_;
  sim::StreamKey lost_key_;
  sim::StreamKey repairs_key_;
  sim::StreamKey repair_key_;
  sim::StreamKey lost_repair_key_;
  sim::StreamKey exchange_key_;
  ReadKeys read_keys_;
  ReadKeys probe_keys_;
};

}  // namespace seatrial::models
