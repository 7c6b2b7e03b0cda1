# rooster_embed(TARGET SYMBOL FILE)
#
# Puts a data file into the program: `extern const char SYMBOL[];` is its text and a NUL behind it. FILE is taken from the
# source root. The program then needs no data folder beside it. Run as a script (cmake -P) this file is its own generator.
if(CMAKE_SCRIPT_MODE_FILE)
    file(READ ${INPUT} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
    string(REGEX REPLACE "(0a',)" "\\1\n" bytes "${bytes}")
    file(WRITE ${OUTPUT} "extern const char ${SYMBOL}[];\nconst char ${SYMBOL}[] = {\n${bytes}0};\n")
    return()
endif()

set(ROOSTER_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(rooster_embed target symbol file)
    set(input ${PROJECT_SOURCE_DIR}/${file})
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c)
    add_custom_command(OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DSYMBOL=${symbol} -P ${ROOSTER_EMBED_SCRIPT}
        DEPENDS ${input} ${ROOSTER_EMBED_SCRIPT}
        COMMENT "Embedding ${file}" VERBATIM)
    target_sources(${target} PRIVATE ${output})
endfunction()
