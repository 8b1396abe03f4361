#include "analysis/explain/exchanges.hpp"

#include <algorithm>

#include "analysis/report/text.hpp"

namespace seatrial::analysis {

using models::Hop;
using models::MessageTraced;

namespace {

constexpr std::size_t most_drawn = 4;
constexpr std::size_t drawn_at_end = 2;

bool answers(const MessageTraced& answer, const Exchange& exchange) {
  const MessageTraced& request = *exchange.request;
  return exchange.answer == nullptr && request.region == answer.region &&
         request.number == answer.number && request.kind == answer.kind &&
         request.arrives.has_value() && *request.arrives <= answer.sent;
}

bool found_no_token(const Exchange& exchange) {
  return exchange.answer != nullptr && exchange.answer->said == models::Said::not_yet;
}

}  // namespace

std::vector<Exchange> all_exchanges_of(const TracedOperation& operation) {
  std::vector<Exchange> all;
  for (const MessageTraced& message : operation.messages) {
    if (message.hop == Hop::pod_to_replica) all.push_back({&message, nullptr});
    if (message.hop != Hop::replica_to_pod) continue;
    for (Exchange& exchange : all) {
      if (!answers(message, exchange)) continue;
      exchange.answer = &message;
      break;
    }
  }
  return all;
}

Exchanges exchanges_of(const TracedOperation& operation) {
  const std::vector<Exchange> all = all_exchanges_of(operation);
  Exchanges exchanges;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool in_the_middle = i > 0 && i + drawn_at_end < all.size();
    if (all.size() <= most_drawn || !in_the_middle || !found_no_token(all[i])) {
      exchanges.drawn.push_back(all[i]);
      continue;
    }
    if (exchanges.left_out++ == 0) exchanges.left_out_from = all[i].request->sent;
    exchanges.left_out_before = exchanges.drawn.size();
    exchanges.left_out_until = all[i + 1].request->sent;
  }
  return exchanges;
}

UnheardReplicas unheard_replicas(const TracedOperation& operation,
                                 const models::QuorumConfig& quorum) {
  std::vector<std::uint32_t> heard;
  UnheardReplicas unheard;
  for (const MessageTraced& message : operation.messages) {
    if (message.hop != Hop::pod_to_replica || message.kind != models::OperationKind::read) continue;
    if (heard.empty()) unheard.asked_at = message.sent;
    if (std::find(heard.begin(), heard.end(), message.number) == heard.end())
      heard.push_back(message.number);
  }
  const auto asked = static_cast<std::size_t>(quorum.asked_by_read());
  if (heard.empty() || heard.size() >= asked) return unheard;
  unheard.count = asked - heard.size();
  if (quorum.asked_by_read() < quorum.replicas) return unheard;
  for (std::uint32_t number = 0; number < asked; ++number)
    if (std::find(heard.begin(), heard.end(), number) == heard.end())
      unheard.numbers.push_back(number);
  return unheard;
}

std::string UnheardReplicas::names() const {
  if (numbers.empty()) return std::to_string(count) + " more";
  std::vector<std::string> texts;
  for (const std::uint32_t number : numbers) texts.push_back(std::to_string(number));
  return joined(texts);
}

}  // namespace seatrial::analysis
