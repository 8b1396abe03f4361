#include "analysis/report/page_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/page_shape.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  explicit Writer(Json& into) : into_{into} {}

  template <class T>
  void operator()(const char* key, T& member) {
    into_[key] = json_of(member);
  }
  template <class Word, class Words>
  void word(const char* key, Word& member, const Words& words) {
    into_[key] = words[static_cast<std::size_t>(member)];
  }
  void flag(const char* key, bool& member) {
    if (member) into_[key] = true;
  }
  template <class T>
  void extra(const char* key, T& member) {
    into_[key] = json_of(member);
  }
  void constant(const char* key, std::string_view value) { into_[key] = value; }

 private:
  static Json json_of(std::string& text) { return text; }
  static Json json_of(bool& value) { return value; }
  static Json json_of(std::uint64_t& count) { return count; }
  static Json json_of(double& value) {
    return std::isfinite(value) ? Json(nine_digits(value)) : Json(nullptr);
  }
  template <class A, class B>
  static Json json_of(std::pair<A, B>& both) {
    return Json::array({json_of(both.first), json_of(both.second)});
  }
  template <class T>
  static Json json_of(std::optional<T>& value) {
    return value ? json_of(*value) : Json(nullptr);
  }
  template <class T>
  static Json json_of(std::vector<T>& list) {
    Json json = Json::array();
    for (T& item : list) json.push_back(json_of(item));
    return json;
  }
  template <class T>
  static Json json_of(T& whole) {
    Json json = Json::object();
    Writer writer{json};
    describe(writer, whole);
    return json;
  }

  Json& into_;
};

class Reader {
 public:
  Reader(const Json& from, std::string place) : from_{from}, place_{std::move(place)} {
    if (!from.is_object()) fail("an object");
  }

  template <class T>
  void operator()(const char* key, T& member) {
    if (!from_.contains(key)) throw PageError{place_ + " lacks \"" + key + "\""};
    read(from_[key], place_ + "/" + key, member);
  }
  template <class Word, class Words>
  void word(const char* key, Word& member, const Words& words) {
    std::string text;
    (*this)(key, text);
    for (std::size_t i = 0; i < words.size(); ++i)
      if (words[i] == text) return void(member = static_cast<Word>(i));
    throw PageError{place_ + "/" + key + " is none of its words"};
  }
  void flag(const char* key, bool& member) {
    if (from_.contains(key)) (*this)(key, member);
  }
  template <class T>
  void extra(const char* key, T& member) {
    if (from_.contains(key)) (*this)(key, member);
  }
  void constant(const char* key, std::string_view value) {
    std::string text;
    (*this)(key, text);
    if (text != value)
      throw PageError{place_ + "/" + key + " is not \"" + std::string{value} + '"'};
  }

  template <class T>
  static void read_whole(const Json& from, const std::string& place, T& into) {
    read(from, place, into);
  }

 private:
  [[noreturn]] void fail(const char* expected) const {
    throw PageError{place_ + " is not " + expected};
  }

  static void expect(bool good, const std::string& place, const char* expected) {
    if (!good) throw PageError{place + " is not " + expected};
  }
  static void read(const Json& from, const std::string& place, std::string& text) {
    expect(from.is_string(), place, "text");
    text = from.get<std::string>();
  }
  static void read(const Json& from, const std::string& place, bool& value) {
    expect(from.is_boolean(), place, "true or false");
    value = from.get<bool>();
  }
  static void read(const Json& from, const std::string& place, std::uint64_t& count) {
    expect(from.is_number_unsigned(), place, "a count");
    count = from.get<std::uint64_t>();
  }
  static void read(const Json& from, const std::string& place, double& value) {
    expect(from.is_number() && std::isfinite(from.get<double>()), place, "a number");
    value = from.get<double>();
  }
  template <class A, class B>
  static void read(const Json& from, const std::string& place, std::pair<A, B>& both) {
    expect(from.is_array() && from.size() == 2, place, "a pair");
    read(from[0], place + "/0", both.first);
    read(from[1], place + "/1", both.second);
  }
  template <class T>
  static void read(const Json& from, const std::string& place, std::optional<T>& value) {
    if (!from.is_null()) read(from, place, value.emplace());
  }
  template <class T>
  static void read(const Json& from, const std::string& place, std::vector<T>& list) {
    expect(from.is_array(), place, "a list");
    list.resize(from.size());
    for (std::size_t i = 0; i < list.size(); ++i)
      read(from[i], place + "/" + std::to_string(i), list[i]);
  }
  template <class T>
  static void read(const Json& from, const std::string& place, T& whole) {
    Reader reader{from, place};
    describe(reader, whole);
  }

  const Json& from_;
  std::string place_;
};

constexpr int deepest = 64;  // a result nests about ten levels

Json parsed(std::string_view results) {
  const auto not_too_deep = [](int depth, Json::parse_event_t, Json&) {
    if (depth > deepest) throw PageError{"is nested too deep for a results.json"};
    return true;
  };
  return Json::parse(results, not_too_deep, false);
}

}  // namespace

std::string page_json(const data::Report& report) {
  data::Report copy = report;  // a visitor may change what it visits
  Json json = Json::object();
  Writer writer{json};
  describe(writer, copy);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<data::SameReadTwice> pairs_of_json(std::string_view pairs) {
  std::vector<data::SameReadTwice> read;
  if (!pairs.empty()) Reader::read_whole(Json::parse(pairs), "pairs", read);
  return read;
}

data::Report report_of_results(std::string_view results) {
  const Json json = parsed(results);
  if (json.is_discarded() || !json.is_object() || !json.contains("format"))
    throw PageError{"is no results.json of seatrial"};
  if (json["format"] != results_format)
    throw PageError{"is not of format " + std::string{results_format}};
  if (!json.contains("page"))
    throw PageError{"holds no report: it is of `run`, or of a version before reports were kept"};
  data::Report report;
  Reader::read_whole(json["page"], "page", report);
  check(report);
  return report;
}

}  // namespace seatrial::analysis
