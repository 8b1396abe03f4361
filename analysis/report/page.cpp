#include "analysis/report/page.hpp"

#include "sim/assert.hpp"

#ifdef SEATRIAL_PAGE_TEMPLATE
asm(".section .rodata\n"
    ".local seatrial_page_begin\n"
    ".local seatrial_page_end\n"
    "seatrial_page_begin:\n"
    ".incbin \"" SEATRIAL_PAGE_TEMPLATE
    "\"\n"
    "seatrial_page_end:\n"
    ".previous\n");
extern const char page_begin[] asm("seatrial_page_begin");
extern const char page_end[] asm("seatrial_page_end");
#endif

namespace seatrial::analysis {
namespace {

// In the template once, where the data goes; build.mjs sees to it.
constexpr std::string_view place_of_data = "@seatrial-report@";

#ifdef SEATRIAL_PAGE_TEMPLATE
constexpr bool is_built_in = true;
std::string_view page_template() {
  return {page_begin, static_cast<std::size_t>(page_end - page_begin)};
}
#else
constexpr bool is_built_in = false;
std::string_view page_template() {
  return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>seatrial</title>\n"
         "<h1>This seatrial was built without the report page</h1>\n"
         "<p>report.md and results.json, beside this file, hold the same answers. For the page,\n"
         "build it with npm at hand: <code>cmake -D SEATRIAL_PAGE=ON</code>.</p>\n"
         "<script type=\"application/json\">@seatrial-report@</script></html>\n";
}
#endif

// JSON that may stand in a script element: `<` could open a tag or a comment, and the two line
// separators end a line of script. All three can occur only inside of strings.
std::string as_element_text(std::string_view json) {
  constexpr std::string_view line_separator = "\u2028", paragraph_separator = "\u2029";
  std::string text;
  text.reserve(json.size() + json.size() / 16);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i);
    if (rest.starts_with('<')) {
      text += "\\u003c";
    } else if (rest.starts_with(line_separator) || rest.starts_with(paragraph_separator)) {
      text += rest.starts_with(line_separator) ? "\\u2028" : "\\u2029";
      i += line_separator.size() - 1;
    } else {
      text += json[i];
    }
  }
  return text;
}

}  // namespace

bool has_page() { return is_built_in; }

std::string page(std::string_view data) {
  const std::string_view whole = page_template();
  const std::size_t place = whole.find(place_of_data);
  SEATRIAL_ASSERT(place != std::string_view::npos, "the template has a place for the data");
  std::string text{whole.substr(0, place)};
  text += as_element_text(data);
  text += whole.substr(place + place_of_data.size());
  return text;
}

}  // namespace seatrial::analysis
