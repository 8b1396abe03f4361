# The report page: one HTML template, made by npm and esbuild from analysis/report/page, compiled
# into the program. It is made once in SEATRIAL_PAGE_DIRECTORY for all build trees; each tree copies
# it only when it has changed.
#
# This file is also the script that makes it:
#   cmake -D page=DIRECTORY -D output=FILE -P cmake/page.cmake     the template, copied to FILE
#   cmake -D page=DIRECTORY -D tools=ON    -P cmake/page.cmake     what checks it: tsc, playwright, axe
if(CMAKE_SCRIPT_MODE_FILE)
  set(source ${CMAKE_CURRENT_LIST_DIR}/../analysis/report/page)
  if(tools)
    set(page ${page}/tools)
  else()
    set(only --omit=dev)
  endif()
  file(MAKE_DIRECTORY ${page})
  file(LOCK ${page} DIRECTORY GUARD PROCESS TIMEOUT 600)

  # npm ci starts from nothing each time, so it is asked only when what is locked has changed.
  file(SHA256 ${source}/package.json asked)
  file(SHA256 ${source}/package-lock.json locked)
  set(wanted "${asked} ${locked}")
  set(found "")
  if(EXISTS ${page}/installed.txt)
    file(READ ${page}/installed.txt found)
  endif()
  if(NOT found STREQUAL wanted)
    file(REMOVE ${page}/installed.txt)
    file(COPY ${source}/package.json ${source}/package-lock.json DESTINATION ${page})
    execute_process(
      COMMAND npm ci ${only} --ignore-scripts --no-audit --no-fund --loglevel=error
      WORKING_DIRECTORY ${page} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
      message(FATAL_ERROR "${said}\n"
        "The packages that draw report.html could not be fetched (npm ci said the above).\n"
        "Behind a proxy, set HTTPS_PROXY, and NODE_EXTRA_CA_CERTS for a certificate of its own.\n"
        "Or build without the page: cmake -D SEATRIAL_PAGE=OFF, or SEATRIAL_PAGE=OFF ./dev build")
    endif()
    file(WRITE ${page}/installed.txt "${wanted}")
  endif()

  if(NOT tools)
    execute_process(COMMAND node ${source}/build.mjs ${page} RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
      message(FATAL_ERROR "report.html could not be bundled: see above")
    endif()
    file(COPY_FILE ${page}/template.html ${output} ONLY_IF_DIFFERENT)
  endif()
  return()
endif()

option(SEATRIAL_PAGE "Draw report.html (needs npm to build)" ON)
set(SEATRIAL_PAGE_DIRECTORY ${PROJECT_SOURCE_DIR}/build/page CACHE PATH
    "Where the page is made, for all build trees")

if(SEATRIAL_PAGE)
  find_program(SEATRIAL_NPM npm)
  find_program(SEATRIAL_NODE node)
  if(NOT SEATRIAL_NPM OR NOT SEATRIAL_NODE)
    message(FATAL_ERROR "npm and node, 18 or later, are needed to make report.html.\n"
      "Install them (./dev setup page), or build without the page: cmake -D SEATRIAL_PAGE=OFF")
  endif()
  set(folder ${PROJECT_SOURCE_DIR}/analysis/report/page)
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS ${folder}/src/*)
  list(APPEND page_sources ${folder}/template.html ${folder}/build.mjs ${folder}/package.json
       ${folder}/package-lock.json)
  set(template ${PROJECT_BINARY_DIR}/embedded/report_page.html)
  add_custom_command(
    OUTPUT ${template}
    COMMAND ${CMAKE_COMMAND} -D page=${SEATRIAL_PAGE_DIRECTORY} -D output=${template}
            -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${page_sources} ${CMAKE_CURRENT_LIST_FILE}
    COMMENT "Make the report page")
  target_sources(seatrial_analysis PRIVATE ${template})
  # The assembler reads the template: no compiler has to parse half a megabyte.
  set_source_files_properties(${PROJECT_SOURCE_DIR}/analysis/report/page.cpp
    PROPERTIES OBJECT_DEPENDS ${template}
               COMPILE_DEFINITIONS SEATRIAL_PAGE_TEMPLATE="${template}")
endif()
