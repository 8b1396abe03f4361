# One library a layer, all sources of its folder. A layer sees only the layers below it:
# sim <- models <- scenarios <- analysis <- app.
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Boost REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Threads REQUIRED)

# What one layer alone may use, beside fmt and Boost's headers.
set(seatrial_scenarios_uses nlohmann_json::nlohmann_json)
set(seatrial_analysis_uses Threads::Threads)
set(seatrial_app_uses CLI11::CLI11)

function(seatrial_layer name)
  cmake_parse_arguments(LAYER "" "EXECUTABLE" "DEPENDS" ${ARGN})
  set(target seatrial_${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/${name}/main\\.cpp$")
  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    if(SEATRIAL_PRECOMPILE_LAYERS)
      target_precompile_headers(${target} PRIVATE
        <algorithm> <functional> <map> <memory> <optional> <string> <vector> <fmt/format.h>)
    endif()
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} ${scope} fmt::fmt Boost::headers ${seatrial_${name}_uses})
  foreach(below IN LISTS LAYER_DEPENDS)
    target_link_libraries(${target} ${scope} seatrial_${below})
  endforeach()

  if(LAYER_EXECUTABLE AND EXISTS ${PROJECT_SOURCE_DIR}/${name}/main.cpp)
    add_executable(${LAYER_EXECUTABLE} ${PROJECT_SOURCE_DIR}/${name}/main.cpp)
    target_link_libraries(${LAYER_EXECUTABLE} PRIVATE ${target})
    set_target_properties(${LAYER_EXECUTABLE} PROPERTIES
      RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  endif()
endfunction()
