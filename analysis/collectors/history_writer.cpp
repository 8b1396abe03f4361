#include "analysis/collectors/history_writer.hpp"

#include <iterator>
#include <utility>

#include "models/world_config.hpp"
#include "sim/assert.hpp"

namespace seatrial::analysis {

namespace {

constexpr std::size_t flush_above = 1 << 16;

template <class Things>
std::vector<std::string> names_of(const Things& things) {
  std::vector<std::string> names;
  for (const auto& thing : things) names.push_back(json_string(thing.name));
  return names;
}

template <class Id>
const std::string& name_of(Id id, const std::vector<std::string>& names) {
  SEATRIAL_ASSERT(id.value() < names.size(), "an observation names what the world does not have");
  return names[id.value()];
}

// Names of enumerations hold nothing that JSON would escape.
template <class Enum, std::size_t N>
std::string_view name_of(Enum value, const std::array<std::string_view, N>& names) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string json = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\')
      (json += '\\') += character;
    else if (static_cast<unsigned char>(character) < 0x20)
      fmt::format_to(std::back_inserter(json), "\\u{:04x}", static_cast<unsigned>(character));
    else
      json += character;
  }
  return json += '"';
}

HistoryWriter::HistoryWriter(std::filesystem::path path, const models::WorldConfig& world,
                             const HistoryTitle& title)
    : file_{std::move(path)}, phases_{names_of(world.phases)}, data_classes_{names_of(world.data)} {
  for (const models::UserShare& users : world.regions.users)
    regions_.push_back(json_string(users.region));
  write_title(world, title);
}

void HistoryWriter::write_title(const models::WorldConfig& world, const HistoryTitle& title) {
  put(R"({{"record":"run","format":1,"scenario":{},"policy":{},)", json_string(title.scenario),
      json_string(title.policy));
  put(R"("seed":"{}","replication":{},"warmup":{},"phases":[)", title.seed, title.replication,
      world.warmup.ns());
  for (std::size_t i = 0; i < world.phases.size(); ++i)
    put(R"({}{{"name":{},"length":{}}})", i == 0 ? "" : ",", phases_[i],
        world.phases[i].length.ns());
  put(R"(],"regions":[{}],"data":[{}]}})", fmt::join(regions_, ","), fmt::join(data_classes_, ","));
  end_line();
}

void HistoryWriter::operation(const models::OperationObserved& seen) {
  ++operations_;
  put(R"({{"record":"operation","user":"{}","session":"{}","device":{},"index":{},"kind":"{}",)",
      seen.user.value(), seen.session.value(), seen.device, seen.index,
      name_of(seen.kind, models::operation_kind_names));
  put(R"("class":{},"owner":"{}","partition":{},"phase":{},"region":{},"measured":{},)",
      name_of(seen.document.data_class, data_classes_), seen.document.owner, seen.partition.value(),
      name_of(seen.phase, phases_), name_of(seen.region, regions_), seen.measured);
  put(R"("session_arrived":{},"invoked":{},"answered":{},"completed":{},)",
      seen.session_arrived.ns(), seen.invoked.ns(), seen.answered.ns(), seen.completed.ns());
  put(R"("outcome":"{}","degraded":"{}","pod":{},"served_by":{},"replica":{},)",
      name_of(seen.outcome, models::outcome_names), name_of(seen.degraded, models::degraded_names),
      seen.pod.value(), name_of(seen.served_by, regions_), seen.replica);
  put(R"("attempts":{},"throttled":{},)", seen.attempts, seen.throttled);
  put(R"("token":{{"source":"{}","epoch":{},"lsn":{}}},)",
      name_of(seen.token.source, models::token_source_names), seen.token.epoch, seen.token.lsn);
  put(R"("version":{{"epoch":{},"lsn":{},"ordinal":{}}},)", seen.version.epoch, seen.version.lsn,
      seen.version.ordinal);
  put(R"("found":{},"based_on":{{"epoch":{},"lsn":{},"ordinal":{}}},)", seen.found,
      seen.based_on.epoch, seen.based_on.lsn, seen.based_on.ordinal);
  put(R"("paths":"{}","lost_update":{},"in_conflict":{},)", seen.paths, seen.lost_update,
      seen.in_conflict);
  put(R"("ru_thousandths":{},"bytes":{},"broker_calls":{},"cross_region_calls":{},)",
      seen.ru.thousandths, seen.bytes, seen.broker_calls, seen.cross_region_calls);
  put(R"("truth":{{"newest":{},"versions_behind":{},"behind":{},"allowed":{}}}}})",
      seen.truth.newest_committed_ordinal, seen.truth.versions_behind, seen.truth.behind.ns(),
      seen.truth.allowed);
  end_line();
}

void HistoryWriter::commit(const models::CommitObserved& seen) {
  ++commits_;
  put(R"({{"record":"commit","class":{},"owner":"{}","partition":{},"committed":{},)",
      name_of(seen.document.data_class, data_classes_), seen.document.owner, seen.partition.value(),
      seen.committed.ns());
  put(R"("version":{{"epoch":{},"lsn":{},"ordinal":{}}},"writer":"{}"}})", seen.version.epoch,
      seen.version.lsn, seen.version.ordinal, seen.writer.value());
  end_line();
}

void HistoryWriter::takeover(const models::TakeoverObserved& seen) {
  put(R"({{"record":"takeover","partition":{},"epoch":{},"from":{},"to":{},"at":{},)",
      seen.partition.value(), seen.epoch, name_of(seen.from, regions_), name_of(seen.to, regions_),
      seen.at.ns());
  put(R"("survived":{},"lost":{},"oldest_lost":{}}})", seen.survived, seen.lost,
      seen.oldest_lost.ns());
  end_line();
}

void HistoryWriter::partitions(const models::PartitionsObserved& seen) {
  const auto numbers = [](const std::vector<models::PartitionId>& partitions) {
    std::vector<std::uint32_t> values;
    for (const models::PartitionId partition : partitions) values.push_back(partition.value());
    return values;
  };
  put(R"({{"record":"partitions","before":[{}],"after":[{}],"at":{}}})",
      fmt::join(numbers(seen.before), ","), fmt::join(numbers(seen.after), ","), seen.at.ns());
  end_line();
}

void HistoryWriter::conflict(const models::ConflictObserved& seen) {
  put(R"({{"record":"conflict","class":{},"owner":"{}","partition":{},"at":{},)",
      name_of(seen.document.data_class, data_classes_), seen.document.owner, seen.partition.value(),
      seen.at.ns());
  put(R"("lost":{{"epoch":{},"lsn":{},"ordinal":{}}},"lost_by":"{}","lost_in":{},)",
      seen.lost.epoch, seen.lost.lsn, seen.lost.ordinal, seen.lost_by.value(),
      name_of(seen.lost_in, regions_));
  put(R"("winner":{{"epoch":{},"lsn":{},"ordinal":{}}},"won_by":"{}","won_in":{}}})",
      seen.winner.epoch, seen.winner.lsn, seen.winner.ordinal, seen.won_by.value(),
      name_of(seen.won_in, regions_));
  end_line();
}

void HistoryWriter::user_left(const models::UserLeft& seen) {
  put(R"({{"record":"left","user":"{}","at":{}}})", seen.user.value(), seen.at.ns());
  end_line();
}

void HistoryWriter::late(const models::LateCost& seen) {
  put(R"({{"record":"late","session":"{}","kind":"{}","class":{},"owner":"{}","at":{},)",
      seen.session.value(), models::operation_kind_names[static_cast<std::size_t>(seen.kind)],
      name_of(seen.document.data_class, data_classes_), seen.document.owner, seen.at.ns());
  put(R"("measured":{},"ru":{},"bytes":{},"broker_calls":{},"cross_region_calls":{}}})",
      seen.measured, seen.ru.thousandths, seen.bytes, seen.broker_calls, seen.cross_region_calls);
  end_line();
}

void HistoryWriter::finish() {
  put(R"({{"record":"end","operations":{},"commits":{}}})", operations_, commits_);
  end_line();
  file_.write({buffer_.data(), buffer_.size()});
  buffer_.clear();
  file_.complete();
}

template <class... Values>
void HistoryWriter::put(fmt::format_string<Values...> format, Values&&... values) {
  fmt::format_to(std::back_inserter(buffer_), format, std::forward<Values>(values)...);
}

void HistoryWriter::end_line() {
  buffer_.push_back('\n');
  if (buffer_.size() < flush_above) return;
  file_.write({buffer_.data(), buffer_.size()});
  buffer_.clear();
}

}  // namespace seatrial::analysis
