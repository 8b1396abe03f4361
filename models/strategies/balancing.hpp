// Balancing: which pod of a region serves a request. A strategy sees what the region's front door
// sees: the pods that are ready and how many requests each has outstanding.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "models/fields.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {

class Balancer {
 public:
  virtual ~Balancer() = default;
  // The index of the chosen pod; `outstanding` has one element for each ready pod, never none.
  // `draws` is named by the operation.
  virtual std::size_t choose(std::span<const std::uint32_t> outstanding, sim::Stream draws) = 0;
};

class BalancingKind : public StrategyKind {
 public:
  virtual std::unique_ptr<Balancer> make() const = 0;
};

}  // namespace seatrial::models
