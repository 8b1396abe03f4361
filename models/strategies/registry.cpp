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

const StrategyAxis& replication_axis() {
  static const StrategyAxis axis{"replication", {asynchronous_kind()}};
  return axis;
}

std::shared_ptr<StrategyKind> make_kind(const StrategyAxis& axis, std::string_view name) {
  for (const auto& kind : axis.kinds) {
    if (kind->name() == name) return kind->clone();
  }
  SEATRIAL_ASSERT(false, "no strategy of this name is registered");
}

}  // namespace seatrial::models
