# What every target is built with. Floating point is the same on every machine and compiler:
# no contraction into fused multiply-add, no fast-math.
option(SEATRIAL_TESTS "Build the tests" ON)
option(SEATRIAL_BENCH "Build the benchmarks and the peers" OFF)
option(SEATRIAL_FUZZ "Build the fuzz targets; needs clang" OFF)
set(SEATRIAL_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined")
set(SEATRIAL_FAST_TESTS "sim;models;scenarios;analysis;app;conformance;fuzz;tidy" CACHE STRING
    "Folders of tests that take seconds")
set(SEATRIAL_SLOW_TESTS "determinism;validation;swarm;docs" CACHE STRING
    "Folders of tests that take minutes")

# Precompiled headers save a third of the build. The layers have them only where the build is for
# checking: the release build, without, proves that every file includes what it uses.
option(SEATRIAL_PRECOMPILE_TESTS "Precompile GoogleTest's headers for the tests" ON)
option(SEATRIAL_PRECOMPILE_LAYERS "Precompile standard headers for the layers" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# ccache does not cache a compilation that uses a precompiled header, unless told to be careless.
if(CMAKE_CXX_COMPILER_LAUNCHER MATCHES "ccache")
  set(SEATRIAL_PRECOMPILE_TESTS OFF)
  set(SEATRIAL_PRECOMPILE_LAYERS OFF)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wno-sign-conversion
                    -ffp-contract=off -fno-fast-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports false positives inside coroutine frames and inlined standard containers.
  add_compile_options(-fcoroutines -Wno-maybe-uninitialized -Wno-array-bounds
                      -Wno-stringop-overflow -Wno-restrict)
endif()
if(SEATRIAL_SANITIZE)
  add_compile_options(-fsanitize=${SEATRIAL_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SEATRIAL_SANITIZE})
endif()
