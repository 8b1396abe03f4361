#include "analysis/report/cost_text.hpp"

#include <fmt/format.h>

#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

struct Part {
  std::int64_t scenarios::Prices::*price;
  const char* what;
};

constexpr std::array parts{
    Part{&scenarios::Prices::provisioned_hour, "provisioned RU/s"},
    Part{&scenarios::Prices::million_request_units, "request units"},
    Part{&scenarios::Prices::gigabyte_between_regions, "bytes between regions"},
    Part{&scenarios::Prices::pod_hour, "pods"},
    Part{&scenarios::Prices::broker_node_hour, "brokers"},
};

}  // namespace

std::string cost_line(const std::string& policy, const Bill& bill,
                      const std::vector<RunSummary>& runs) {
  const Interval whole = cost_a_month(bill, runs);
  if (!whole.defined) return "";
  std::vector<std::string> texts;
  for (const Part& part : parts) {
    scenarios::Prices alone;  // a sum of money is made of what each price alone would make
    alone.present = true;
    alone.*part.price = bill.prices.*part.price;
    const double amount = cost_a_month({alone, bill.world}, runs).estimate;
    if (amount > 0) texts.push_back(fmt::format("{} for {}", rounded(amount), part.what));
  }
  if (texts.size() < 2) return "";
  return fmt::format("\"{}\": {} {} a month: {}", policy, rounded(whole.estimate),
                     bill.prices.currency, fmt::join(texts, ", "));
}

}  // namespace seatrial::analysis
