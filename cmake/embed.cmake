# Files of data/ that are part of a library: turned into .cpp files while building, so that the
# program needs no file at run time.
#
#   seatrial_embed(seatrial_models azure_region_rtt data/azure-region-rtt.csv)
#
# defines  std::span<const std::string_view> seatrial::embedded::azure_region_rtt(),  one element
# a line. This file is also the script that does it:  cmake -D input=.. -D output=.. -D symbol=.. -P
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${input} text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REGEX REPLACE "\n$" "" text "${text}")
  string(REPLACE "\n" "\",\n    \"" text "${text}")
  file(WRITE ${output}
"#include <span>
#include <string_view>

namespace seatrial::embedded {

std::span<const std::string_view> ${symbol}();
std::span<const std::string_view> ${symbol}() {
  static constexpr std::string_view lines[] = {
    \"${text}\"};
  return lines;
}

}  // namespace seatrial::embedded
")
  return()
endif()

set(seatrial_embed_script ${CMAKE_CURRENT_LIST_FILE})

function(seatrial_embed target symbol file)
  set(input ${PROJECT_SOURCE_DIR}/${file})
  set(output ${PROJECT_BINARY_DIR}/embedded/${symbol}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D input=${input} -D output=${output} -D symbol=${symbol}
            -P ${seatrial_embed_script}
    DEPENDS ${input} ${seatrial_embed_script}
    COMMENT "Embed ${file}")
  target_sources(${target} PRIVATE ${output})
endfunction()

seatrial_embed(seatrial_models azure_region_rtt data/azure-region-rtt.csv)
seatrial_embed(seatrial_models region_coordinates data/region-coordinates.csv)
seatrial_embed(seatrial_scenarios scenario_reference scenarios/reference.md)
