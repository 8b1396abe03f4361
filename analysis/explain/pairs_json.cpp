#include <nlohmann/json.hpp>

#include "analysis/explain/diagram.hpp"
#include "analysis/explain/diagram_text.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

double ms(models::Duration duration) { return static_cast<double>(duration.ns()) / 1e6; }

std::string name_of(Role role) { return std::string{role_names[static_cast<std::size_t>(role)]}; }

Json lanes_json(const Diagram& diagram) {
  Json lanes = Json::array();
  for (const Lane& lane : diagram.lanes)
    lanes.push_back({{"label", lane.label},
                     {"place", lane.place},
                     {"kind", lane_kind_names[static_cast<std::size_t>(lane.kind)]}});
  return lanes;
}

Json messages_json(const Diagram& diagram) {
  Json messages = Json::array();
  for (const Message& message : diagram.messages)
    messages.push_back({{"from", message.from},
                        {"to", message.to},
                        {"sent_ms", ms(message.sent)},
                        {"arrives_ms", message.arrives ? Json(ms(*message.arrives)) : Json()},
                        {"label", message.label},
                        {"token", message.token},
                        {"role", name_of(message.role)}});
  return messages;
}

Json marks_json(const Diagram& diagram) {
  Json marks = Json::array();
  for (const Mark& mark : diagram.marks)
    marks.push_back({{"lane", mark.lane},
                     {"at_ms", ms(mark.at)},
                     {"label", mark.label},
                     {"role", name_of(mark.role)}});
  return marks;
}

Json diagram_json(const Diagram& diagram) {
  std::string text;
  for (const TextLine& line : diagram_text(diagram)) text += line.text + "\n";
  return {{"policy", diagram.policy},
          {"verdict", diagram.verdict},
          {"wrong", diagram.wrong},
          {"lanes", lanes_json(diagram)},
          {"messages", messages_json(diagram)},
          {"marks", marks_json(diagram)},
          {"text", text}};
}

}  // namespace

std::string pairs_json(const std::vector<SameReadTwice>& pairs) {
  Json all = Json::array();
  for (const SameReadTwice& pair : pairs)
    all.push_back({{"number", pair.number},
                   {"guarantee", guarantee_names[static_cast<std::size_t>(pair.guarantee)]},
                   {"cause", cause_names[static_cast<std::size_t>(pair.cause)]},
                   {"sentence", pair.sentence},
                   {"evidence", pair.evidence},
                   {"left", diagram_json(pair.left)},
                   {"right", diagram_json(pair.right)}});
  return all.dump(1) + "\n";
}

}  // namespace seatrial::analysis
