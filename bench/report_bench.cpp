// What reports cost: `compare` of a library scenario with all of them written (page, markdown,
// results, and wrong reads run again to be explained) beside the same without, in turn. The counter
// `times_without` is the ratio of processor time, all cores, that the bound is about: 1.2.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/experiment/simulate.hpp"
#include "app/command_line.hpp"
#include "app/report_of.hpp"

namespace seatrial {
namespace {

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double seconds_of(const std::vector<std::string>& arguments) {
  std::ostringstream out, error;
  app::Environment environment{
      out, error, false, false, analysis::simulate, analysis::simulate_watched};
  environment.explain = app::worth_reading;
  const double started = processor_seconds();
  app::run_command_line(arguments, environment);
  return processor_seconds() - started;
}

void with_all_reports(benchmark::State& state, const char* scenario) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("seatrial-reports-" + std::to_string(getpid()));
  double with = 0, without = 0;
  for (auto _ : state) {
    without += seconds_of({"compare", scenario});
    with += seconds_of({"compare", scenario, "-o", folder.string()});
  }
  std::filesystem::remove_all(folder);
  state.counters["times_without"] = with / without;
}

BENCHMARK_CAPTURE(with_all_reports, first_steps, "scenarios/library/first-steps.json")
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(with_all_reports, shopping_cart, "scenarios/library/shopping-cart.json")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace seatrial
