// Changes every text of a report: what a terminal or GitHub must not take for an instruction is
// made harmless in one place, whatever is laid out of it later.
#pragma once

#include "analysis/report/page_shape.hpp"

namespace seatrial::analysis {

template <class Change>
class TextChanger {
 public:
  explicit TextChanger(Change change) : change_{change} {}

  template <class T>
  void operator()(const char*, T& member) {
    change(member);
  }
  template <class Word, class Words>
  void word(const char*, Word&, const Words&) {}
  void flag(const char*, bool&) {}
  template <class T>
  void extra(const char*, T& member) {
    change(member);
  }
  void constant(const char*, std::string_view) {}

 private:
  void change(std::string& text) { text = change_(text); }
  void change(bool&) {}
  void change(std::uint64_t&) {}
  void change(double&) {}
  template <class A, class B>
  void change(std::pair<A, B>& both) {
    change(both.first);
    change(both.second);
  }
  template <class T>
  void change(std::optional<T>& value) {
    if (value) change(*value);
  }
  template <class T>
  void change(std::vector<T>& list) {
    for (T& item : list) change(item);
  }
  template <class T>
  void change(T& whole) {
    describe(*this, whole);
  }

  Change change_;
};

template <class Change>
data::Report with_texts(data::Report report, Change change) {
  TextChanger<Change> changer{change};
  describe(changer, report);
  return report;
}

}  // namespace seatrial::analysis
