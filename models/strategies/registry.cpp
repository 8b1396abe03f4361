#include "models/strategies/registry.hpp"

#include "sim/assert.hpp"

namespace seatrial::models {

std::shared_ptr<const StrategyKind> round_robin_kind();
std::shared_ptr<const StrategyKind> random_kind();
std::shared_ptr<const StrategyKind> least_outstanding_kind();
std::shared_ptr<const StrategyKind> client_kind();
std::shared_ptr<const StrategyKind> broker_kind();
std::shared_ptr<const StrategyKind> message_kind();
std::shared_ptr<const StrategyKind> read_without_token_kind();
std::shared_ptr<const StrategyKind> read_from_write_region_kind();
std::shared_ptr<const StrategyKind> fail_kind();
std::shared_ptr<const StrategyKind> asynchronous_kind();
std::shared_ptr<const StrategyKind> synchronous_kind();
std::shared_ptr<const StrategyKind> majority_kind();
std::shared_ptr<const StrategyKind> bounded_wait_kind();
std::shared_ptr<const StrategyKind> event_bus_kind();
std::shared_ptr<const StrategyKind> tiered_kind();
std::shared_ptr<const StrategyKind> adaptive_kind();
std::shared_ptr<const StrategyKind> as_the_store_kind();
std::shared_ptr<const StrategyKind> event_bus_link_kind();
std::shared_ptr<const StrategyKind> asynchronous_link_kind();
std::shared_ptr<const StrategyKind> synchronous_link_kind();
std::shared_ptr<const StrategyKind> quorum_kind();

const StrategyAxis& balancing_axis() {
  static const StrategyAxis axis{"balancing",
                                 {least_outstanding_kind(), round_robin_kind(), random_kind()}};
  return axis;
}

const StrategyAxis& token_transport_axis() {
  static const StrategyAxis axis{"token transport", {client_kind(), broker_kind(), message_kind()}};
  return axis;
}

const StrategyAxis& degradation_axis() {
  static const StrategyAxis axis{
      "degradation", {read_without_token_kind(), read_from_write_region_kind(), fail_kind()}};
  return axis;
}

namespace {
// The modes of the log protocol.
std::vector<std::shared_ptr<const StrategyKind>> log_modes() {
  return {asynchronous_kind(), synchronous_kind(), majority_kind(), bounded_wait_kind(),
          event_bus_kind(),    tiered_kind(),      adaptive_kind()};
}
}  // namespace

const StrategyAxis& replication_axis() {
  static const StrategyAxis axis = [] {
    StrategyAxis made{"replication", log_modes()};
    made.kinds.push_back(quorum_kind());
    return made;
  }();
  return axis;
}

const StrategyAxis& data_replication_axis() {
  static const StrategyAxis axis = [] {
    StrategyAxis made{"replication of a data class", {as_the_store_kind()}};
    for (auto& kind : log_modes()) made.kinds.push_back(std::move(kind));
    return made;
  }();
  return axis;
}

const StrategyAxis& link_replication_axis() {
  static const StrategyAxis axis{
      "replication of a link",
      {asynchronous_link_kind(), synchronous_link_kind(), event_bus_link_kind()}};
  return axis;
}

std::shared_ptr<StrategyKind> make_kind(const StrategyAxis& axis, std::string_view name) {
  for (const auto& kind : axis.kinds) {
    if (kind->name() == name) return kind->clone();
  }
  SEATRIAL_ASSERT(false, "no strategy of this name is registered");
}

}  // namespace seatrial::models
