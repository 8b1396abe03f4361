// The part of the checks that is about a store without a leader: what a quorum needs of itself, and
// what it cannot do.
#include <fmt/format.h>

#include "scenarios/checks.hpp"

namespace seatrial::scenarios {
namespace {

const std::string at = "/store/replication";

class QuorumCheck {
 public:
  QuorumCheck(const PolicyTree& of, Problems& problems)
      : of_{of}, world_{of.policy->world}, problems_{problems} {}

  void run() {
    const models::QuorumConfig& quorum = *models::quorum_of(world_.store);
    numbers(quorum);
    levels();
    for (const auto& data : world_.data) documents(data);
    operations();
    faults(quorum);
    splits();
  }

 private:
  void contradiction(const std::string& first, const std::string& second, std::string message) {
    const std::string& pointer = at_fault(of_, first, second);
    const Place place = place_of(*of_.tree, pointer);
    problems_.add(place, cited(of_, place, pointer), std::move(message));
  }

  void numbers(const models::QuorumConfig& quorum) {
    if (quorum.write_quorum > quorum.replicas) {
      contradiction(
          at + "/write_quorum", at + "/replicas",
          fmt::format("a write quorum of {} cannot be reached with {} replica{}",
                      quorum.write_quorum, quorum.replicas, quorum.replicas == 1 ? "" : "s"));
    }
    if (quorum.asked_by_read() > quorum.replicas) {
      contradiction(at + "/read_fanout", at + "/replicas",
                    fmt::format("a read cannot be sent to {} of {} replicas",
                                quorum.asked_by_read(), quorum.replicas));
    }
    if (quorum.read_quorum > quorum.asked_by_read()) {
      contradiction(at + "/read_quorum", asked(),
                    fmt::format("a read that is sent to {} replica{} cannot wait for {} answers",
                                quorum.asked_by_read(), quorum.asked_by_read() == 1 ? "" : "s",
                                quorum.read_quorum));
    }
    if (quorum.read_repair > 0 && quorum.asked_by_read() == 1) {
      contradiction(at + "/read_repair", asked(),
                    "a read that asks one replica has nothing to compare: ask more "
                    "(read_fanout), or leave it out");
    }
    const models::HintedHandoffConfig& handoff = quorum.hinted_handoff;
    if (handoff.present && handoff.at_most < handoff.after) {
      contradiction(at + "/hinted_handoff/at_most", at + "/hinted_handoff/after",
                    "a write is given up before it would be sent again: say more than \"after\"");
    }
    if (quorum.anti_entropy.present && quorum.replicas == 1) {
      contradiction(at + "/anti_entropy", at + "/replicas",
                    "one replica has nobody to compare with: leave it out");
    }
  }

  // Where it is said how many a read asks.
  std::string asked() const {
    return is_given(of_, at + "/read_fanout") ? at + "/read_fanout" : at + "/replicas";
  }

  void levels() {
    if (world_.store.consistency != models::Consistency::eventual) {
      contradiction("/store/consistency", at,
                    "a quorum without a leader knows no levels and no session tokens: say "
                    "\"eventual\", and choose read_quorum and write_quorum");
    }
    if (is_given(of_, "/store/apply_order") &&
        world_.store.apply_order == models::ApplyOrder::in_log_order) {
      contradiction("/store/apply_order", at,
                    "replicas of a quorum have no log whose order they could keep: say "
                    "\"independent\", or leave it out");
    }
    if (world_.store.backup.present) {
      contradiction("/store/backup", at,
                    "a quorum without a leader is modelled without backups: leave it out");
    }
    if (world_.store.catch_up.present) {
      contradiction("/store/catch_up", at,
                    "replicas of a quorum have no log with which they could catch up: leave it "
                    "out");
    }
  }

  void operations() {
    for (const auto& step : world_.workload.steps) {
      for (std::size_t i = 0; i < step.actions.size(); ++i) {
        using enum models::ActionKind;
        if (step.actions[i].kind != insert && step.actions[i].kind != delete_) continue;
        contradiction(at, fmt::format("/workload/steps/{}/do/{}", escaped(step.name), i),
                      "a quorum without a leader is modelled with reads and updates only: inserts "
                      "and deletes ask whether the document is there");
      }
    }
  }

  void faults(const models::QuorumConfig& quorum) {
    for (std::size_t p = 0; p < world_.phases.size(); ++p) {
      for (std::size_t f = 0; f < world_.phases[p].faults.size(); ++f) {
        const models::FaultConfig& fault = world_.phases[p].faults[f];
        const std::string pointer = fmt::format("/phases/{}/faults/{}", p, f);
        if (fault.kind == models::FaultKind::switchover) {
          contradiction(pointer + "/switchover", at,
                        "a quorum without a leader has no write region that could be another");
        }
        if (fault.kind != models::FaultKind::replicas) continue;
        if (world_.regions.users.size() > 1) {
          contradiction(pointer + "/replicas", at,
                        "a quorum has its replicas wherever it is asked: that some of a region "
                        "crash is modelled with one region; take a region's store down");
        }
        if (fault.crash > quorum.replicas) {
          contradiction(
              pointer + "/crash", at + "/replicas",
              fmt::format("{} of {} replicas cannot crash", fault.crash, quorum.replicas));
        }
      }
    }
  }

  void splits() {
    for (std::size_t p = 0; p < world_.phases.size(); ++p) {
      for (std::size_t f = 0; f < world_.phases[p].faults.size(); ++f) {
        const models::FaultKind kind = world_.phases[p].faults[f].kind;
        const std::string pointer = fmt::format("/phases/{}/faults/{}", p, f);
        if (kind == models::FaultKind::split) {
          contradiction(at, pointer + "/split",
                        "replicas of a quorum have no log that could go on in two partitions");
        } else if (kind == models::FaultKind::merge) {
          contradiction(at, pointer + "/merge",
                        "replicas of a quorum have no logs that could go on as one");
        }
      }
    }
  }

  void documents(const models::DataClassConfig& data) {
    const std::string pointer = "/data/" + escaped(data.name);
    if (data.owner == models::Owner::shared && world_.regions.users.size() > 1) {
      contradiction(at, pointer + "/owner",
                    "the replicas of a quorum's document are in the region of its user, and one "
                    "that all users share has no such region: not modelled in several regions");
    }
    using enum models::UpdateBy;
    if (data.update == replace_if_match || data.update == patch_if_unchanged) {
      contradiction(pointer + "/update", at,
                    "a quorum without a leader cannot compare before it writes (that needs "
                    "consensus): use \"patch\" or \"replace\"");
    }
    if (data.consistency != models::ReadLevel::account) {
      contradiction(pointer + "/consistency", at,
                    "a quorum without a leader knows no levels: leave it out, and choose "
                    "read_quorum and write_quorum");
    }
    const bool is_always_there =
        data.ttl == models::Duration{} && data.at_start == models::AtStart::present;
    if (is_always_there) return;
    contradiction(pointer + (data.ttl == models::Duration{} ? "/at_start" : "/ttl"), at,
                  "a quorum without a leader is modelled with documents that are always there");
  }

  const PolicyTree& of_;
  const models::WorldConfig& world_;
  Problems& problems_;
};

}  // namespace

void check_quorum(const PolicyTree& of, Problems& problems) { QuorumCheck{of, problems}.run(); }

}  // namespace seatrial::scenarios
