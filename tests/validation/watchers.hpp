// Observers that hold what a run shows against laws, from the records alone.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "analysis/run_summary.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {
class SessionGuarantees;
}

namespace seatrial::validation {

// The guarantees of users none of whose operations failed or were degraded.
class UntouchedUsers final : public models::Observer {
 public:
  UntouchedUsers();
  ~UntouchedUsers() override;
  void operation(const models::OperationObserved&) override;
  void user_left(const models::UserLeft&) override;

  analysis::Tally ryw, mr, ryw_user;
  std::uint64_t users = 0;

 private:
  struct User {
    analysis::Tally ryw, mr, ryw_user;
    bool touched = false;
  };
  std::unique_ptr<analysis::SessionGuarantees> guarantees_;
  std::map<std::uint64_t, User> users_;
};

// Every read of a run, the warm-up included: what the store's specification forbids, as the store
// judged it; and reads that returned less than their token promised, judged here from the commits.
class AllowedReads final : public models::Observer {
 public:
  explicit AllowedReads(std::vector<bool> heeds_token) : heeds_token_{std::move(heeds_token)} {}
  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void takeover(const models::TakeoverObserved&) override;

  std::uint64_t reads = 0, stale = 0, disallowed = 0, with_token = 0, below_token = 0;

 private:
  using Document = std::pair<std::uint32_t, std::uint64_t>;
  static Document key_of(const models::DocumentName& name) {
    return {name.data_class.value(), name.owner};
  }
  std::vector<bool> heeds_token_;  // by data class
  struct Commits {
    models::PartitionId partition;
    std::vector<std::uint64_t> lsns;  // rising; those that a takeover has cut off are gone
  };
  std::map<Document, Commits> commits_;
};

}  // namespace seatrial::validation
