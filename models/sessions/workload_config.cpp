#include "models/sessions/workload_config.hpp"

#include <algorithm>

#include "models/strategies/registry.hpp"

namespace seatrial::models {
namespace {

template <class Entry>
Entry& entry_named(std::vector<Entry>& entries, const std::string& name) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.name == name; });
  if (found != entries.end()) return *found;
  entries.emplace_back().name = name;
  return entries.back();
}

template <class Entry>
std::vector<std::string> names_of(const std::vector<Entry>& entries) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) names.push_back(entry.name);
  return names;
}

void describe(FieldVisitor& v, DataClassConfig& config) {
  v.one_of({.key = "owner",
            .sentence = "Whose document it is: one for each user, one for each session, or shared "
                        "by all.",
            .required = "say whose document it is: \"user\", \"session\" or \"shared\""},
           owner_names, config.owner);
  v.bytes({.key = "size",
           .sentence = "Size of a document; it decides request units and bytes on the wire.",
           .required = "take the mean size of such a document (Azure Monitor: DataUsage by "
                       "DocumentCount), for example \"4 KB\"",
           .at_least = 1,
           .at_most = 2 * 1024 * 1024},
          config.size);
  v.one_of({.key = "update",
            .sentence = "How a document is updated: by PATCH, by reading and replacing it, by "
                        "replacing it if nobody else did meanwhile (ETag), or by PATCH if nobody "
                        "else has changed the same paths (a filter predicate). A policy may "
                        "choose."},
           update_by_names, config.update);
  v.one_of({.key = "consistency",
            .sentence = "The level at which it is read: the account's, a weaker one, or "
                        "\"local_quorum\": two replicas of the region instead of a token, which no "
                        "provider supports. A policy may choose."},
           read_level_names, config.consistency);
  v.bytes({.key = "patch_size",
           .sentence = "Bytes that a PATCH sends.",
           .source = "assumed",
           .at_least = 1,
           .at_most = 2 * 1024 * 1024},
          config.patch_size);
  v.count({.key = "paths",
           .sentence = "How many parts of a document updates change by themselves, evenly; it "
                       "decides which PATCHes meet. 0: no two meet, and a PATCH never overwrites "
                       "another.",
           .source = "assumed",
           .at_least = 0,
           .at_most = most_paths},
          config.paths);
  v.duration({.key = "ttl",
              .sentence = "How long after its last write a document is gone (time to live). 0s: "
                          "never.",
              .at_least = 0},
             config.ttl);
  v.one_of({.key = "at_start",
            .sentence = "Whether the documents are there before anybody has written them; an "
                        "insert needs one that is absent."},
           at_start_names, config.at_start);
  v.strategy({.key = "replication",
              .sentence = "How a write comes to the replicas. A class with a mode of its own is a "
                          "container of its own, with /store/partitions partitions."},
             data_replication_axis(), config.replication);
  v.count({.key = "documents",
           .sentence = "How many documents a shared class has.",
           .source = "assumed",
           .at_least = 1,
           .at_most = 1e9},
          config.documents);
  v.object(
      {.key = "popularity", .sentence = "How unevenly the documents of a shared class are used."},
      [&](FieldVisitor& members) {
        members.number({.key = "zipf",
                        .sentence = "Exponent of Zipf's law; 0: all equally, 0.99: as YCSB.",
                        .source = "assumed",
                        .at_least = 0,
                        .at_most = 5},
                       config.zipf);
      });
}

void describe(FieldVisitor& v, ActionConfig& config) {
  const auto of_class = [&](std::string_view key, std::string_view sentence) {
    return [&config, key, sentence](FieldVisitor& action) {
      action.reference({.key = key, .sentence = sentence}, Reference::data_class,
                       config.data_class);
    };
  };
  const auto update = [&](FieldVisitor& action) {
    of_class("update", "Updates a document of this data class.")(action);
    action.count({.key = "changes",
                  .sentence = "How many of the document's paths it changes; a PATCH has an "
                              "operation for each.",
                  .source = "assumed; partial-document-update.md of the Azure Cosmos DB "
                            "documentation: a PATCH has at most 10",
                  .at_least = 1,
                  .at_most = most_paths},
                 config.changes);
  };
  v.alternatives({{"read", of_class("read", "Reads a document of this data class.")},
                  {"update", update},
                  {"pause",
                   [&](FieldVisitor& action) {
                     action.duration_distribution(
                         {.key = "pause",
                          .sentence = "Waits before the next action: a redirect, a page that "
                                      "loads again."},
                         config.pause);
                   }},
                  {"insert", of_class("insert",
                                      "Inserts a document of this data class; it is a "
                                      "conflict (409) when it is there.")},
                  {"delete", of_class("delete", "Deletes a document of this data class.")}},
                 config.kind);
}

void describe(FieldVisitor& v, StepConfig& config) {
  v.share({.key = "share",
           .sentence = "Share of all steps that are this one; the shares sum to 100 %.",
           .required = "say how often a step is this one, for example \"20%\"; the shares of all "
                       "steps sum to 100 %",
           .at_least = 0,
           .at_most = 1},
          config.share);
  v.one_of({.key = "documents",
            .sentence = "Of shared classes: whether each action draws its own document, or all "
                        "actions of a class in this step concern the same one (it reads a "
                        "document, then updates that one)."},
           step_documents_names, config.documents);
  v.list(
      {.key = "do",
       .sentence = "What the step does, in order: { \"read\": ... }, { \"update\": ... }, "
                   "{ \"insert\": ... }, { \"delete\": ... }, { \"pause\": ... }.",
       .required = "list what the step does, for example [ { \"update\": \"cart\" }, "
                   "{ \"pause\": \"60ms\" }, { \"read\": \"cart\" } ]",
       .at_least = 1,
       .at_most = 1'000},
      [&] { return config.actions.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= config.actions.size()) config.actions.resize(index + 1);
        describe(element, config.actions[index]);
      });
}

void describe(FieldVisitor& v, SecondDeviceConfig& config) {
  v.share({.key = "share",
           .sentence = "Share of the users that have a second device at the same time.",
           .required = "say which share of users has two devices in use at a time (analytics: "
                       "users with two sessions within an hour), for example \"8%\"",
           .at_least = 0,
           .at_most = 1},
          config.share);
  v.duration_distribution(
      {.key = "refetch_after",
       .sentence = "How long after an update was acknowledged the second device reads the "
                   "document.",
       .required = "say how soon the second device reads again (the push message's delivery time, "
                   "or the polling interval), for example \"80ms\""},
      config.refetch_after);
  v.optional_duration_distribution(
      {.key = "update_after",
       .sentence = "How long after that read the second device updates the document itself; left "
                   "out: it never does."},
      config.updates, config.update_after);
}

void describe_steps(FieldVisitor& v, WorkloadConfig& config) {
  v.map(
      {.key = "steps",
       .sentence = "What a session does at a time: each step of a session is one of these.",
       .required = "name at least one step, for example { \"add item\": { \"share\": \"100%\", "
                   "\"do\": [ { \"update\": \"cart\" }, { \"pause\": \"60ms\" }, { \"read\": "
                   "\"cart\" } ] } }",
       .at_least = 1,
       .at_most = 1'000},
      [&] { return names_of(config.steps); },
      [&](FieldVisitor& entry, const std::string& name) {
        describe(entry, entry_named(config.steps, name));
      });
}

}  // namespace

OperationKind operation_of(ActionKind kind) {
  switch (kind) {
    case ActionKind::update:
      return OperationKind::update;
    case ActionKind::insert:
      return OperationKind::insert;
    case ActionKind::delete_:
      return OperationKind::delete_;
    default:
      return OperationKind::read;
  }
}

void describe(FieldVisitor& v, std::vector<DataClassConfig>& classes) {
  v.map(
      {.key = "data",
       .sentence = "The classes of documents, by name.",
       .required = "name the documents that users read and write, for example { \"cart\": "
                   "{ \"owner\": \"user\", \"size\": \"4 KB\" } }",
       .at_least = 1,
       .at_most = 100},
      [&] { return names_of(classes); },
      [&](FieldVisitor& entry, const std::string& name) {
        describe(entry, entry_named(classes, name));
      });
}

void describe(FieldVisitor& v, WorkloadConfig& config) {
  v.rate({.key = "sessions",
          .sentence = "New sessions, all regions together; a phase may multiply it.",
          .required = "take the rate of new sessions from analytics, for example \"140/s\"",
          .at_least = 1e-6,
          .at_most = 1e6},
         config.sessions_per_second);
  v.count_distribution({.key = "steps_per_session",
                        .sentence = "How many steps a session has.",
                        .source = "assumed",
                        .at_least = 1},
                       config.steps_per_session);
  v.duration_distribution({.key = "pause",
                           .sentence = "How long a person pauses between two steps.",
                           .source = "assumed"},
                          config.pause);
  describe_steps(v, config);
  v.optional_object({.key = "second_device",
                     .sentence = "Another session of the same user, which reads what the first "
                                 "one updated."},
                    config.second_device.present,
                    [&](FieldVisitor& members) { describe(members, config.second_device); });
}

}  // namespace seatrial::models
