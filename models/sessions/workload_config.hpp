// What users do: data classes, sessions, steps, pauses, second devices. Equal under every policy
// except how a document is updated, which is a policy's choice.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/fields.hpp"

namespace seatrial::models {

enum class Owner { user, session, shared };
inline constexpr std::array<std::string_view, 3> owner_names{"user", "session", "shared"};

enum class UpdateBy { patch, replace, replace_if_match };
inline constexpr std::array<std::string_view, 3> update_by_names{"patch", "replace",
                                                                 "replace_if_match"};

struct DataClassConfig {
  std::string name;
  Owner owner = Owner::user;
  Bytes size = 1024;
  UpdateBy update = UpdateBy::patch;
  Bytes patch_size = 256;      // bytes a PATCH sends
  std::int64_t documents = 1;  // of a shared class
  double zipf = 0;             // exponent of a shared class' popularity; 0: uniform
};

// One thing a step does: exactly one of read, update, pause.
enum class ActionKind { read, update, pause };
struct ActionConfig {
  ActionKind kind = ActionKind::read;
  std::string data_class;                                    // read, update
  sim::Distribution pause = sim::Distribution::constant(0);  // ns
};

struct StepConfig {
  std::string name;
  double share = 0;  // of all steps; the shares sum to 1
  std::vector<ActionConfig> actions;
};

// Another session of the same user on another device. It reads each document that the first
// device updated, `refetch_after` the update was acknowledged.
struct SecondDeviceConfig {
  bool present = false;
  double share = 0;                                                  // of users
  sim::Distribution refetch_after = sim::Distribution::constant(0);  // ns
};

struct WorkloadConfig {
  double sessions_per_second = 1;  // new sessions, all regions together
  sim::Distribution steps_per_session = sim::Distribution::constant(1);
  sim::Distribution pause = sim::Distribution::constant(0);  // ns, between steps
  std::vector<StepConfig> steps;
  SecondDeviceConfig second_device;
};

void describe(FieldVisitor&, std::vector<DataClassConfig>&);
void describe(FieldVisitor&, WorkloadConfig&);

}  // namespace seatrial::models
