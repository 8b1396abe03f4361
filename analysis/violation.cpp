#include "analysis/violation.hpp"

#include "analysis/checkers/version_history.hpp"

namespace seatrial::analysis {

using models::TokenSource;

Cause cause_of(const models::OperationObserved& read, const models::Version& floor,
               bool heeds_token) {
  if (read.degraded == models::Degraded::token_given_up) return Cause::token_given_up;
  if (read.degraded != models::Degraded::no) return Cause::degraded;
  if (!heeds_token) return Cause::level_takes_no_token;
  if (read.token.source == TokenSource::none) return Cause::no_token;
  const models::Version asked_for{read.token.epoch, read.token.lsn, 0};
  if (!is_older(asked_for, floor)) return Cause::other;
  if (read.token.source == TokenSource::client) return Cause::client_token_too_old;
  if (read.token.source == TokenSource::broker) return Cause::broker_token_too_old;
  if (read.token.source == TokenSource::message) return Cause::message_token_too_old;
  return Cause::pod_token_too_old;
}

}  // namespace seatrial::analysis
