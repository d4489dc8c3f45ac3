# Run by cpack: packages made from the same files are the same, byte for byte. Their time is that of the changelog.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH} AND CPACK_GENERATOR MATCHES DEB)
    execute_process(COMMAND dpkg-parsechangelog -l ${CMAKE_CURRENT_LIST_DIR}/changelog -S Timestamp
        OUTPUT_VARIABLE time OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    set(ENV{SOURCE_DATE_EPOCH} ${time})
endif()
