# How every target of this project is compiled.
add_library(rooster_build INTERFACE)
target_compile_options(rooster_build INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -ffp-contract=off
    $<$<BOOL:${ROOSTER_WERROR}>:-Werror>)
target_compile_definitions(rooster_build INTERFACE _GNU_SOURCE)
if(ROOSTER_SANITIZE)
    target_compile_options(rooster_build INTERFACE -fsanitize=${ROOSTER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(rooster_build INTERFACE -fsanitize=${ROOSTER_SANITIZE})
endif()
if(ROOSTER_FUZZ)
    target_compile_options(rooster_build INTERFACE -fsanitize=fuzzer-no-link)
endif()
