# rooster_module(NAME SOURCES a.c b.c [OWNS GLPK SQLITE ...] [PUBLIC targets] [PRIVATE targets])
#
# One static library a folder, its public headers under include/. OWNS names the third-party libraries whose headers this
# folder may include: cmake/banned.h, forced into every file, poisons the others' names, so an include elsewhere does not compile.
function(rooster_module name)
    cmake_parse_arguments(MODULE "" "" "SOURCES;OWNS;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${MODULE_SOURCES})
    target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include)
    target_link_libraries(${name} PUBLIC ${MODULE_PUBLIC} PRIVATE rooster_build ${MODULE_PRIVATE})
    rooster_ban(${name} ${MODULE_OWNS})
endfunction()

function(rooster_ban target)
    target_compile_options(${target} PRIVATE -include ${PROJECT_SOURCE_DIR}/cmake/banned.h)
    foreach(library ${ARGN})
        target_compile_definitions(${target} PRIVATE ROOSTER_OWNS_${library})
    endforeach()
endfunction()
