// Hands every record to several observers, in the order in which they were given. They must
// outlive it.
#pragma once

#include <utility>
#include <vector>

#include "models/observation.hpp"

namespace seatrial::analysis {

class Tee final : public models::Observer {
 public:
  explicit Tee(std::vector<models::Observer*> observers) : observers_{std::move(observers)} {}

  void operation(const models::OperationObserved& seen) override {
    for (models::Observer* observer : observers_) observer->operation(seen);
  }
  void commit(const models::CommitObserved& seen) override {
    for (models::Observer* observer : observers_) observer->commit(seen);
  }
  void fault(const models::FaultObserved& seen) override {
    for (models::Observer* observer : observers_) observer->fault(seen);
  }
  void takeover(const models::TakeoverObserved& seen) override {
    for (models::Observer* observer : observers_) observer->takeover(seen);
  }
  void partitions(const models::PartitionsObserved& seen) override {
    for (models::Observer* observer : observers_) observer->partitions(seen);
  }
  void catch_up(const models::CatchUpObserved& seen) override {
    for (models::Observer* observer : observers_) observer->catch_up(seen);
  }
  void conflict(const models::ConflictObserved& seen) override {
    for (models::Observer* observer : observers_) observer->conflict(seen);
  }
  void user_left(const models::UserLeft& seen) override {
    for (models::Observer* observer : observers_) observer->user_left(seen);
  }
  void late(const models::LateCost& seen) override {
    for (models::Observer* observer : observers_) observer->late(seen);
  }
  void gauges(const models::GaugesObserved& seen) override {
    for (models::Observer* observer : observers_) observer->gauges(seen);
  }
  void store(const models::StoreObserved& seen) override {
    for (models::Observer* observer : observers_) observer->store(seen);
  }
  void replication(const models::ReplicationObserved& seen) override {
    for (models::Observer* observer : observers_) observer->replication(seen);
  }
  void freshness(const models::FreshnessObserved& seen) override {
    for (models::Observer* observer : observers_) observer->freshness(seen);
  }

 private:
  std::vector<models::Observer*> observers_;
};

}  // namespace seatrial::analysis
