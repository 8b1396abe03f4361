// Makes report.html and report.md anew from a results.json alone: what somebody was sent, or what
// a pipeline kept. Nothing is simulated.
#include "analysis/report/report.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <ostream>

#include "analysis/report/page.hpp"
#include "analysis/report/page_agreement.hpp"
#include "analysis/report/page_json.hpp"
#include "app/arguments.hpp"
#include "app/output_directory.hpp"
#include "app/results_file.hpp"

namespace seatrial::app {
namespace {

analysis::data::Report report_in(const ResultsFile& file) {
  try {
    analysis::data::Report report = analysis::report_of_results(file.text);
    check_agreement(report, file.results);
    return report;
  } catch (const analysis::PageError& error) {
    throw UsageError{file.path + ": " + error.what()};
  }
}

}  // namespace

int report(const ReportArguments& arguments, Environment& environment) {
  const ResultsFile file = read_results_file(arguments.results);
  const analysis::data::Report report = report_in(file);
  std::string directory = arguments.output;
  if (directory.empty()) directory = std::filesystem::path{file.path}.parent_path().string();
  if (directory.empty()) directory = ".";
  OutputDirectory{directory}.write({{"report.html", analysis::page(analysis::page_json(report))},
                                    {"report.md", analysis::markdown_report(report)}});
  environment.out << fmt::format("{0}/report.html  {0}/report.md\n", directory);
  return exit_code::good;
}

}  // namespace seatrial::app
