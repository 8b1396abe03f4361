// Each rule on code that keeps it and on code that breaks it, then every rule on the whole tree.
#include <gtest/gtest.h>

#include <string>

#include "tests/tidy/rules.hpp"

namespace seatrial::tidy {
namespace {

std::string described(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.rule + "\n";
  }
  return text;
}

std::size_t count(Rule rule, const std::string& path, const std::string& text) {
  return rule(Source{path, text}).size();
}

TEST(Source, BlanksCommentsAndLiteralsAndKeepsEveryPosition) {
  const std::string text =
      "int a = 1'000; // rand()\nauto b = \"rand\\\"()\"; /* x */ char c = ';';";

  const std::string code = blank_comments_and_literals(text);

  EXPECT_EQ(code, "int a = 1'000;          \nauto b = \"        \";         char c = ' ';");
}

TEST(Source, BlanksRawLiteralsAndKeepsIncludes) {
  EXPECT_EQ(blank_comments_and_literals("f(R\"x(a\"b)x\"); g()"), "f(R\"x(   )x\"); g()");
  EXPECT_EQ(blank_comments_and_literals("#include \"sim/time.hpp\"\n"),
            "#include \"sim/time.hpp\"\n");
}

TEST(Tidy, LinesFitIn100Columns) {
  EXPECT_EQ(count(lines_fit_in_100_columns, "sim/a.cpp", std::string(100, 'x')), 0U);
  EXPECT_EQ(count(lines_fit_in_100_columns, "sim/a.cpp", "ok\n" + std::string(101, 'x')), 1U);
  EXPECT_EQ(count(lines_fit_in_100_columns, "docs/a.md", std::string(101, 'x')), 0U);
}

TEST(Tidy, FilesHaveAtMost400Lines) {
  EXPECT_EQ(count(files_have_at_most_400_lines, "sim/a.cpp", std::string(400, '\n')), 0U);
  EXPECT_EQ(count(files_have_at_most_400_lines, "sim/a.cpp", std::string(401, '\n')), 1U);
}

TEST(Tidy, LinesEndWithoutSpaces) {
  EXPECT_EQ(count(lines_end_without_spaces, "docs/a.md", "a\n\nb\n"), 0U);
  EXPECT_EQ(count(lines_end_without_spaces, "docs/a.md", "a \nb\t\n"), 2U);
}

TEST(Tidy, NothingIsLeftForLater) {
  EXPECT_EQ(count(nothing_is_left_for_later, "sim/a.cpp", "// a mastodon, TO_DO\n"), 0U);
  EXPECT_EQ(count(nothing_is_left_for_later, "sim/a.cpp",
                  "// TO"
                  "DO: later\n"),
            1U);
  EXPECT_EQ(count(nothing_is_left_for_later, "docs/a.md",
                  "FIX"
                  "ME\nXX"
                  "X\n"),
            2U);
}

TEST(Tidy, NoPathOfOneMachine) {
  EXPECT_EQ(count(no_path_of_one_machine, "docs/a.md", "see docs/work/flow.md and /proc/meminfo"),
            0U);
  EXPECT_EQ(count(no_path_of_one_machine, "docs/a.md",
                  "see /ho"
                  "me/me/a\nand (/wo"
                  "rk/a)"),
            2U);
}

TEST(Tidy, HeadersAreIncludedOnce) {
  EXPECT_EQ(count(headers_are_included_once, "sim/a.hpp", "// For a.\n#pragma once\n"), 0U);
  EXPECT_EQ(count(headers_are_included_once, "sim/a.hpp", "// #pragma once\n"), 1U);
}

TEST(Tidy, HeadersOpenWithWhatTheyAreFor) {
  EXPECT_EQ(count(headers_open_with_what_they_are_for, "sim/a.hpp", "// For a.\n"), 0U);
  EXPECT_EQ(count(headers_open_with_what_they_are_for, "sim/a.hpp", "#pragma once\n"), 1U);
}

TEST(Tidy, LayersIncludeDownwards) {
  const std::string include = "#include \"models/world.hpp\"\n";
  EXPECT_EQ(count(layers_include_downwards, "models/a.cpp", include), 0U);
  EXPECT_EQ(count(layers_include_downwards, "app/a.cpp", include), 0U);
  EXPECT_EQ(count(layers_include_downwards, "tests/validation/a_test.cpp", include), 0U);
  EXPECT_EQ(count(layers_include_downwards, "sim/a.hpp", include), 1U);
  EXPECT_EQ(count(layers_include_downwards, "tests/sim/a_test.cpp", include), 1U);
}

TEST(Tidy, JudgesSeeOnlyObservations) {
  const std::string world = "#include \"models/world.hpp\"\n";
  EXPECT_EQ(count(judges_see_only_observations, "analysis/experiment/run.cpp", world), 0U);
  EXPECT_EQ(count(judges_see_only_observations, "analysis/checkers/ryw.cpp", world), 1U);
  EXPECT_EQ(count(judges_see_only_observations, "analysis/checkers/ryw.cpp",
                  "#include \"models/observation.hpp\"\n"),
            0U);
}

TEST(Tidy, HeavyHeadersStayInTheirRooms) {
  const auto heavy = heavy_headers_stay_in_their_rooms;
  EXPECT_EQ(count(heavy, "scenarios/load.cpp", "#include <nlohmann/json.hpp>\n"), 0U);
  EXPECT_EQ(count(heavy, "tests/models/a_test.cpp", "#include <nlohmann/json.hpp>\n"), 0U);
  EXPECT_EQ(count(heavy, "tests/swarm/dice.hpp", "#include <nlohmann/json.hpp>\n"), 0U);
  EXPECT_EQ(count(heavy, "scenarios/load.hpp", "#include <nlohmann/json_fwd.hpp>\n"), 1U);
  EXPECT_EQ(count(heavy, "models/a.cpp", "#include <nlohmann/json.hpp>\n"), 1U);
  EXPECT_EQ(count(heavy, "models/network/route.cpp", "#include <boost/graph/graph.hpp>\n"), 0U);
  EXPECT_EQ(count(heavy, "models/pods/pod.cpp", "#include <boost/graph/graph.hpp>\n"), 1U);
  EXPECT_EQ(count(heavy, "analysis/statistics/fit.cpp", "#include <Eigen/Dense>\n"), 0U);
  EXPECT_EQ(count(heavy, "sim/a.cpp", "#include <Eigen/Dense>\n"), 1U);
}

TEST(Tidy, RandomnessIsSpecified) {
  const auto rule = randomness_is_specified;
  EXPECT_EQ(count(rule, "sim/a.cpp", "std::mt19937_64 e; stream.rand(); // std::rand()"), 0U);
  EXPECT_EQ(count(rule, "sim/a.cpp", "std::normal_distribution<> d;"), 1U);
  EXPECT_EQ(count(rule, "tests/sim/a_test.cpp", "std::shuffle(a, b, e);"), 1U);
  EXPECT_EQ(count(rule, "sim/a.cpp", "std::random_device d; std::hash<int> h;"), 2U);
  EXPECT_EQ(count(rule, "sim/a.cpp", "int x = rand();"), 1U);
  EXPECT_EQ(count(rule, "bench/peers/a.cpp", "std::exponential_distribution<> d;"), 0U);
}

TEST(Tidy, TimeIsSimulated) {
  const std::string clock = "auto t = std::chrono::steady_clock::now();";
  EXPECT_EQ(count(time_is_simulated, "analysis/experiment/run.cpp", clock), 0U);
  EXPECT_EQ(count(time_is_simulated, "bench/a_bench.cpp", clock), 0U);
  EXPECT_EQ(count(time_is_simulated, "models/a.cpp", clock), 1U);
  EXPECT_EQ(count(time_is_simulated, "analysis/report/page.cpp", clock), 1U);
}

TEST(Tidy, NoHashDecidesAnOrder) {
  const auto rule = no_hash_decides_an_order;
  const std::string declared = "std::unordered_map<int, std::vector<int>> carts_;\n";
  EXPECT_EQ(count(rule, "sim/a.cpp", declared + "for (int x : carts_[3]) f(carts_.find(x));"), 0U);
  EXPECT_EQ(count(rule, "sim/a.cpp", "std::map<int, int> carts_; for (auto& c : carts_) f(c);"),
            0U);
  EXPECT_EQ(count(rule, "sim/a.cpp", declared + "for (const auto& [id, cart] : carts_) f(id);"),
            1U);
  EXPECT_EQ(count(rule, "sim/a.cpp", declared + "for (std::pair<int, X> p : this->carts_) f();"),
            1U);
  EXPECT_EQ(count(rule, "sim/a.cpp", declared + "f(carts_.begin());"), 1U);
}

TEST(Tidy, NoHiddenState) {
  EXPECT_EQ(count(no_hidden_state, "sim/simulation.cpp", "thread_local int x;"), 0U);
  EXPECT_EQ(count(no_hidden_state, "sim/simulation.hpp", "thread_local int x;"), 0U);
  EXPECT_EQ(count(no_hidden_state, "models/world.cpp", "thread_local int x;"), 1U);
}

TEST(Tidy, NoTypeErasureInTheEngine) {
  EXPECT_EQ(count(no_type_erasure_in_the_engine, "models/a.cpp", "std::function<void()> f;"), 0U);
  EXPECT_EQ(count(no_type_erasure_in_the_engine, "sim/queue.hpp", "std::function<void()> f;"), 1U);
}

TEST(Tidy, CoAwaitStandsAlone) {
  for (const std::string good : {
           "{ const Reply reply = co_await call(place, request, deadline); }",
           "{ Reply reply = co_await pod.queue.enter(std::move(request), 3, *this); }",
           "{ const auto reply = co_await call<Reply>(places[home], &request); }",
           "{ const std::vector<int>& all = co_await slot; }",
           "{ co_await gate; co_await sim::delay(pause); }",
           "{ co_await simulation.delay(Duration::nanoseconds(static_cast<std::int64_t>(ns))); }",
           "{ const Reply reply = co_await slot.until(give_up_at(request.deadline)); }",
           "{ reply = co_await call(request); place.answer = co_await slot.until(deadline); }",
           "{ *into = co_await std::move(task); }",
           "{ if (x > f(1)) co_await a(b); else co_await c(d); }",
           "{ for (int i = 0; i < n; ++i) co_await a(i); }",
           "switch (kind) { case Kind::read: co_await a(b); default: co_await c(d); }",
           "{ co_return co_await f(a + 1, -b); }",
           "auto operator co_await(Gate& gate) { return Awaiter{gate}; }",
       }) {
    EXPECT_EQ(count(co_await_stands_alone, "models/a.cpp", good), 0U) << good;
  }
  for (const std::string bad : {
           "{ const Reply reply = co_await call(Request{1, 2}); }",
           "{ const Reply reply = co_await call(Request(1, 2)); }",
           "{ const Reply reply = co_await call(wrap(models::Request(1, 2))); }",
           "{ const Reply reply{co_await call(request)}; }",
           "{ total += co_await call(request); }",
           "{ if (co_await call(request)) f(); }",
           "{ if (ready && co_await call(request)) f(); }",
           "{ while (co_await call(request)) f(); }",
           "{ for (const auto& x : co_await call(request)) f(x); }",
           "{ for (int i = 0; i < n; co_await call(request)) f(); }",
           "{ const auto [a, b] = co_await call(request); }",
           "{ const int x = ok ? co_await f(a) : 1; }",
           "{ const int x = co_await f(a) + co_await f(b); }",
           "{ const int x = 1 + co_await f(a); }",
           "{ co_await f([&] { return 1; }); }",
           "{ co_await f(a)->g(b); }",
           "{ co_return f(co_await g(a)); }",
           "{ EXPECT_EQ(co_await f(a), 1); }",
       }) {
    EXPECT_GE(count(co_await_stands_alone, "models/a.cpp", bad), 1U) << bad;
  }
}

TEST(Tidy, NoCapturingCoroutineLambda) {
  for (const std::string good : {
           "auto f = [](Gate& gate) -> Task { co_await gate; };",
           "auto f = [&] { return 1; }; co_await gate;",
           "auto f = [&] { spawn([](int x) -> Task { co_return x; }); };",
           "void f() { a[i] = 3; co_return; }",
       }) {
    EXPECT_EQ(count(no_capturing_coroutine_lambda, "models/a.cpp", good), 0U) << good;
  }
  for (const std::string bad : {
           "auto f = [&]() -> Task { co_await gate; };",
           "spawn([this] { co_return; });",
           "spawn([x = 1](int y) mutable -> Task<int> { co_return x + y; });",
       }) {
    EXPECT_EQ(count(no_capturing_coroutine_lambda, "models/a.cpp", bad), 1U) << bad;
  }
}

TEST(Tree, KeepsEveryRule) {
  const std::vector<Source> tree = read_tree(SEATRIAL_SOURCE_DIR);
  Findings findings;

  for (const Source& source : tree) {
    for (const Rule rule : all_rules()) {
      const Findings more = rule(source);
      findings.insert(findings.end(), more.begin(), more.end());
    }
  }

  EXPECT_GT(tree.size(), 20U);
  EXPECT_TRUE(findings.empty()) << described(findings);
}

}  // namespace
}  // namespace seatrial::tidy
