# What `cmake --install` puts where, and the .deb that CPack makes of it: `./dev package`.
# Man page and completions are printed by the program that was just built, so that they cannot
# say what it does not do.
include(GNUInstallDirs)

set(seatrial_documents ${PROJECT_BINARY_DIR}/documents)
set(seatrial_printed "")

# seatrial_print(FILE ARGUMENT...): the file holds what the program prints.
function(seatrial_print file)
  add_custom_command(
    OUTPUT ${seatrial_documents}/${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${seatrial_documents}
    COMMAND $<TARGET_FILE:seatrial> ${ARGN} > ${seatrial_documents}/${file}
    DEPENDS seatrial
    COMMENT "Print ${file}"
    VERBATIM)
  list(APPEND seatrial_printed ${seatrial_documents}/${file})
  set(seatrial_printed ${seatrial_printed} PARENT_SCOPE)
endfunction()

seatrial_print(seatrial.1 man)
seatrial_print(seatrial.bash completion bash)
seatrial_print(_seatrial completion zsh)
seatrial_print(seatrial.fish completion fish)

# As Debian wants them; without the time, so that equal sources give equal files.
find_program(SEATRIAL_GZIP gzip)
configure_file(cmake/debian-changelog.in ${PROJECT_BINARY_DIR}/debian-changelog @ONLY)
if(SEATRIAL_GZIP)
  set(seatrial_man seatrial.1.gz)
  add_custom_command(
    OUTPUT ${seatrial_documents}/seatrial.1.gz
    COMMAND ${SEATRIAL_GZIP} -9nkf ${seatrial_documents}/seatrial.1
    DEPENDS ${seatrial_documents}/seatrial.1
    VERBATIM)
  add_custom_command(
    OUTPUT ${seatrial_documents}/changelog.gz
    COMMAND ${CMAKE_COMMAND} -E make_directory ${seatrial_documents}
    COMMAND ${SEATRIAL_GZIP} -9nc ${PROJECT_BINARY_DIR}/debian-changelog
            > ${seatrial_documents}/changelog.gz
    DEPENDS ${PROJECT_BINARY_DIR}/debian-changelog
    VERBATIM)
  list(APPEND seatrial_printed ${seatrial_documents}/seatrial.1.gz
       ${seatrial_documents}/changelog.gz)
  install(FILES ${seatrial_documents}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
else()
  set(seatrial_man seatrial.1)
endif()
add_custom_target(seatrial_documents ALL DEPENDS ${seatrial_printed})

install(TARGETS seatrial RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${seatrial_documents}/${seatrial_man} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${seatrial_documents}/seatrial.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME seatrial)
install(FILES ${seatrial_documents}/_seatrial
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${seatrial_documents}/seatrial.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
# As in the repository: a scenario names its schema as ../../schema/scenario.schema.json.
set(seatrial_data ${CMAKE_INSTALL_DATADIR}/seatrial)
install(DIRECTORY scenarios/library DESTINATION ${seatrial_data}/scenarios
        FILES_MATCHING PATTERN "*.json")
install(FILES schema/scenario.schema.json DESTINATION ${seatrial_data}/schema)

# The documents with all that they link to: text and pictures, and links to the data above.
install(FILES README.md CHANGELOG.md CONTRIBUTING.md NOTICE cmake/copyright
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR}
        FILES_MATCHING PATTERN "*.md" PATTERN "*.png")
foreach(folder sim models scenarios analysis app tests bench)
  install(FILES ${folder}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/${folder})
endforeach()
install(FILES scenarios/limits.hpp DESTINATION ${CMAKE_INSTALL_DOCDIR}/scenarios)

# seatrial_link(PLACE): where the documents look for it, a link to it below ${seatrial_data}.
function(seatrial_link place)
  get_filename_component(folder ${place} DIRECTORY)
  file(RELATIVE_PATH target /${CMAKE_INSTALL_DOCDIR}/${folder} /${seatrial_data}/${place})
  file(MAKE_DIRECTORY ${seatrial_documents}/links/${folder})
  file(CREATE_LINK ${target} ${seatrial_documents}/links/${place} SYMBOLIC)
  install(FILES ${seatrial_documents}/links/${place}
          DESTINATION ${CMAKE_INSTALL_DOCDIR}/${folder})
endfunction()

seatrial_link(schema)
seatrial_link(scenarios/library)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME seatrial)
set(CPACK_PACKAGE_VENDOR "The seatrial authors")
set(CPACK_PACKAGE_CONTACT "The seatrial authors")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "compare session-token policies before one is deployed")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A deterministic simulator of stateless services on a session-consistent store:
it replays the same users under every policy and says which policies meet the
objectives, at what cost, how sure that is, and why reads went wrong.")
include(CPack)
