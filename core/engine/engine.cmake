# The engine: training, and the kernels of the solvers and of scattered points. On x86-64 Linux it is a shared library,
# built once for each instruction level; the copies for newer processors stand in glibc-hwcaps/ beside the plain one, where the loader finds the best that runs.
# Elsewhere, and under sanitizers, it is an ordinary static library.
# GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F_Usable,... masks a level for a test.
option(FPLAB_LEVELS "Build the engine for several x86-64 instruction levels" ON)

file(GLOB engine_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/engine/*.cpp ${PROJECT_SOURCE_DIR}/core/engine/*.h)
set(FPLAB_ENGINE_DIR ${PROJECT_BINARY_DIR}/lib)
set(FPLAB_ENGINE_INSTALL_DIR ${CMAKE_INSTALL_LIBDIR}/fplab/engine) # two folders down, or CPack has ldconfig called for it

# No template instance leaves the library: copies of the same one, compiled for another level, must never be mixed.
function(fplab_engine_library name folder)
    add_library(${name} SHARED ${engine_sources})
    target_link_libraries(${name} PRIVATE fplab_options fplab_base Eigen3::Eigen)
    target_compile_options(${name} PRIVATE -fvisibility-inlines-hidden ${ARGN})
    target_link_options(${name} PRIVATE -Wl,--version-script=${PROJECT_SOURCE_DIR}/core/engine/engine.map -Wl,--exclude-libs,ALL)
    set_target_properties(${name} PROPERTIES OUTPUT_NAME fplab_engine LIBRARY_OUTPUT_DIRECTORY ${FPLAB_ENGINE_DIR}/${folder}
        LINK_DEPENDS ${PROJECT_SOURCE_DIR}/core/engine/engine.map)
    install(TARGETS ${name} LIBRARY DESTINATION ${FPLAB_ENGINE_INSTALL_DIR}/${folder})
endfunction()

if(FPLAB_LEVELS AND NOT FPLAB_SANITIZE AND CMAKE_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    fplab_engine_library(fplab_engine "")
    fplab_engine_library(fplab_engine_v3 glibc-hwcaps/x86-64-v3 -march=x86-64-v3)
    fplab_engine_library(fplab_engine_v4 glibc-hwcaps/x86-64-v4 -march=x86-64-v4 -mprefer-vector-width=512
        -Wno-maybe-uninitialized) # false, inside the header of the intrinsics
    add_dependencies(fplab_engine fplab_engine_v3 fplab_engine_v4)
    # The program finds it where it was built, and after installing beside the other libraries.
    file(RELATIVE_PATH from_bin ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_PREFIX}/${FPLAB_ENGINE_INSTALL_DIR})
    set(CMAKE_INSTALL_RPATH "$ORIGIN/${from_bin}")
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${FPLAB_ENGINE_DIR})
else()
    fplab_library(fplab_engine DIRS core/engine LINK fplab_base Eigen3::Eigen)
endif()
