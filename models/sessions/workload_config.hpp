// What users do: data classes, sessions, steps, pauses, second devices. Equal under every policy
// except how a document is updated, which is a policy's choice.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/fields.hpp"
#include "models/observation.hpp"
#include "models/store/consistency.hpp"

namespace seatrial::models {

enum class Owner { user, session, shared };
inline constexpr std::array<std::string_view, 3> owner_names{"user", "session", "shared"};

enum class UpdateBy { patch, replace, replace_if_match, patch_if_unchanged };
inline constexpr std::array<std::string_view, 4> update_by_names{
    "patch", "replace", "replace_if_match", "patch_if_unchanged"};
// Whether what is sent are the changed paths, and whether the pod reads the document before.
constexpr bool patches(UpdateBy by) {
  return by == UpdateBy::patch || by == UpdateBy::patch_if_unchanged;
}
constexpr bool reads_first(UpdateBy by) { return by != UpdateBy::patch; }

inline constexpr std::int64_t most_paths = 64;  // of a document
inline constexpr std::int64_t most_patch_operations = 10;

enum class AtStart { present, absent };
inline constexpr std::array<std::string_view, 2> at_start_names{"present", "absent"};

struct DataClassConfig {
  std::string name;
  Owner owner = Owner::user;
  Bytes size = 1024;
  UpdateBy update = UpdateBy::patch;
  ReadLevel consistency = ReadLevel::account;
  Bytes patch_size = 256;      // bytes a PATCH sends
  std::int64_t documents = 1;  // of a shared class
  double zipf = 0;             // exponent of a shared class' popularity; 0: uniform
  AtStart at_start = AtStart::present;
  Duration ttl;            // a document is gone so long after its last write; 0: never
  std::int64_t paths = 0;  // that updates change by themselves; 0: no two updates change the same
  std::shared_ptr<StrategyKind> replication;  // axis: replication of a data class
};

// One thing a step does: exactly one of these.
enum class ActionKind { read, update, pause, insert, delete_ };
struct ActionConfig {
  ActionKind kind = ActionKind::read;
  std::string data_class;                                    // all but pause
  sim::Distribution pause = sim::Distribution::constant(0);  // ns
  std::int64_t changes = 1;                                  // update: paths
};

// What an action asks of the store; not of a pause.
OperationKind operation_of(ActionKind);

// Which document of a shared class an action concerns: one that it draws itself, or the one that
// the step's first action of this class has drawn.
enum class StepDocuments { each_its_own, same };
inline constexpr std::array<std::string_view, 2> step_documents_names{"each_its_own", "same"};

struct StepConfig {
  std::string name;
  double share = 0;  // of all steps; the shares sum to 1
  StepDocuments documents = StepDocuments::each_its_own;
  std::vector<ActionConfig> actions;
};

// Another session of the same user on another device. It reads each document that the first
// device wrote, `refetch_after` the write was acknowledged; where it updates, too, it does so
// `update_after` its reply.
struct SecondDeviceConfig {
  bool present = false;
  double share = 0;                                                  // of users
  sim::Distribution refetch_after = sim::Distribution::constant(0);  // ns
  bool updates = false;
  sim::Distribution update_after = sim::Distribution::constant(0);  // ns
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
