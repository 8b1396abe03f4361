// The luck of a quorum's messages: which replicas a read asks, and how long each message takes.
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

// What is drawn for one write.
struct WriteDraw {
  std::array<Duration, QuorumConfig::most_replicas> arrives;  // by replica, after the send
  std::array<Duration, QuorumConfig::most_replicas> acknowledged;
  std::size_t replicas = 0;

  Duration committed_after(std::size_t quorum) const;
};

// An answer that a read waits for.
struct ReadAnswer {
  Duration answered;  // after the send
  Duration asked;     // when the request is at the replica
  std::uint8_t replica = 0;
};

// The first answers of one read, in the order in which they come.
struct ReadDraw {
  std::array<ReadAnswer, QuorumConfig::most_replicas> answers;
  std::size_t quorum = 0;

  std::span<const ReadAnswer> first() const { return {answers.data(), quorum}; }
  Duration done_after() const { return answers[quorum - 1].answered; }
};

class QuorumDraws {
 public:
  QuorumDraws(const QuorumConfig& config, const sim::RandomSource& random);

  WriteDraw write(const OperationName& operation) const;
  ReadDraw read(const OperationName& operation) const { return read(operation, read_keys_); }
  // A read that nobody sends, after the commit of what the operation wrote.
  ReadDraw virtual_read(const OperationName& write) const { return read(write, probe_keys_); }

 private:
  struct ReadKeys {
    sim::StreamKey choice, read, reply;
  };

  ReadDraw read(const OperationName& operation, const ReadKeys& keys) const;
  Duration draw(const sim::Distribution& leg, sim::StreamKey key, const OperationName& operation,
                std::size_t replica) const;

  QuorumConfig config_;
  sim::StreamKey write_key_;
  sim::StreamKey acknowledgement_key_;
  ReadKeys read_keys_;
  ReadKeys probe_keys_;
};

}  // namespace seatrial::models
