// A world of two phases, regions and data classes, and one operation and one commit in it in which
// every field differs from its default and from the others.
#pragma once

#include "models/observation.hpp"
#include "models/world_config.hpp"

namespace seatrial::analysis {

inline models::Instant at_ms(std::int64_t ms) {
  return models::Instant::at(models::Duration::milliseconds(ms));
}

// Its timeline takes 256 ms: a checkpoint each millisecond.
inline models::WorldConfig small_world() {
  models::WorldConfig world;
  world.warmup = models::Duration::milliseconds(56);
  world.phases.resize(2);
  world.phases[0].name = "normal";
  world.phases[0].length = models::Duration::milliseconds(100);
  world.phases[1].name = "surge";
  world.phases[1].length = models::Duration::milliseconds(100);
  world.regions.users.resize(2);
  world.regions.users[0].region = "East US";
  world.regions.users[1].region = "West Europe";
  world.data.resize(2);
  world.data[0].name = "cart";
  world.data[1].name = "profile";
  return world;
}

inline models::OperationObserved some_read() {
  models::OperationObserved read;
  read.user = models::UserId{101};
  read.session = models::SessionId{102};
  read.device = 1;
  read.index = 3;
  read.measured = true;
  read.phase = models::PhaseId{1};
  read.document = {models::DataClassId{1}, 104};
  read.partition = models::PartitionId{5};
  read.region = models::RegionId{1};
  read.served_by = models::RegionId{0};
  read.replica = 2;
  read.attempts = 4;
  read.pod = models::PodId{6};
  read.session_arrived = at_ms(60);
  read.invoked = at_ms(70);
  read.answered = at_ms(75);
  read.completed = at_ms(80);
  read.token = {models::TokenSource::client, 1, 107};
  read.version = {1, 108, 9};
  read.based_on = {1, 106, 8};
  read.ru = {1000};
  read.bytes = 2048;
  read.broker_calls = 11;
  read.cross_region_calls = 12;
  read.truth = {10, 1, models::Duration::milliseconds(2), true};
  return read;
}

inline models::CommitObserved some_commit() {
  models::CommitObserved commit;
  commit.partition = models::PartitionId{5};
  commit.document = {models::DataClassId{1}, 104};
  commit.version = {1, 109, 10};
  commit.committed = at_ms(68);
  commit.writer = models::SessionId{103};
  return commit;
}

}  // namespace seatrial::analysis
