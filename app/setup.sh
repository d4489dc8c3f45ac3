# shellcheck shell=bash
# Sourced by app/run and tests/run: what a Debian machine needs, and how the tree is configured; build.sh builds it.
# The caller sets root (the repository's folder, absolute). Every message goes to stderr: stdout belongs to the program
# that is started. Bash 5, no other tool than Debian's essential ones until the packages are there.

: "${root:?the caller sets root}"
# shellcheck source=app/build.sh
. "$root/app/build.sh"

# command:package
setup_tools=(g++:g++ cmake:cmake ninja:ninja-build pkg-config:pkg-config)
setup_libraries=(qt6-base-dev qt6-svg-dev libqcustomplot-dev libeigen3-dev libfftw3-dev libboost-dev)
setup_extra=()     # further packages, added by the caller
setup_configure=() # further arguments of the configuration, added by the caller
setup_cmake_version=3.25
setup_install_mb=1500 # packages with their downloads
setup_build_mb=700    # one build folder

# say LINE...
say() { printf '%s\n' "$@" >&2; }

die() {
    say "$@"
    exit 1
}

is_ci() { [[ ${CI:-} == true || ${CI:-} == 1 ]]; }

# free_mb FOLDER: free space of its file system in MB; a large number when df cannot tell
free_mb() {
    local kb
    kb=$(df -Pk -- "$1" 2>/dev/null | awk 'NR == 2 { print $4 }') || kb=
    echo $((${kb:-1000000000} / 1024))
}

need_space() { # FOLDER MB WHAT
    local free
    free=$(free_mb "$1")
    ((free >= $2)) || die "The disk is too full: $3 needs about $2 MB in $1, $free MB are free."
}

# missing_packages: the Debian packages of the tools and libraries that are not there, one a line
missing_packages() {
    local entry installed libraries=("${setup_libraries[@]}" "${setup_extra[@]}")
    for entry in "${setup_tools[@]}"; do
        command -v "${entry%%:*}" >/dev/null || echo "${entry#*:}"
    done
    # dpkg-query exits with 1 when one of the names is unknown, and still lists the others
    installed=$(dpkg-query -W -f '${db:Status-Status}:${Package}\n' "${libraries[@]}" 2>/dev/null) || true
    for entry in "${libraries[@]}"; do
        [[ $'\n'$installed$'\n' == *$'\n'installed:$entry$'\n'* ]] || echo "$entry"
    done
}

system_name() { (
    PRETTY_NAME=
    # shellcheck source=/dev/null
    [[ -r /etc/os-release ]] && . /etc/os-release
    echo "${PRETTY_NAME:-this system}"
); }

explain_other_system() {
    say "This is $(system_name), and only Debian 12 (and what is built on it) is set up automatically." \
        "Install these yourself, then start again: a C++20 compiler (GCC 12 or newer), CMake $setup_cmake_version or newer," \
        "Ninja, pkg-config, Qt 6.4 or newer with D-Bus and Svg, QCustomPlot 2.1 built for Qt 6, Eigen 3.4, FFTW 3." \
        "Their names in Debian: ${setup_tools[*]#*:} ${setup_libraries[*]}"
}

# ensure_packages: installs what is missing; returns when all is there
ensure_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        local entry
        for entry in "${setup_tools[@]}"; do
            if ! command -v "${entry%%:*}" >/dev/null; then
                say "The command ${entry%%:*} is missing."
                explain_other_system
                exit 1
            fi
        done
        return 0 # the configuration tells when a library is missing
    fi

    local missing as_root=() answer
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0
    command -v ccache >/dev/null || missing+=(ccache) # not needed, but makes every later build quick
    local install=(apt-get install -y --no-install-recommends "${missing[@]}")

    say "These Debian packages are missing: ${missing[*]}"
    need_space /usr "$setup_install_mb" "installing them"
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            die "Installing them takes root, and sudo is not there. As root, run" \
                "  apt-get update && ${install[*]}" "then start again."
        elif is_ci; then
            as_root=(sudo -n)
        elif [[ -t 0 && -t 2 ]]; then
            say "To install them, this will run" "  sudo apt-get update" "  sudo ${install[*]}"
            read -r -p "Go on? [Y/n] " answer || answer=n
            [[ $answer =~ ^([yY].*|)$ ]] || die "Nothing was installed."
            as_root=(sudo)
        else
            die "There is no terminal to ask for permission. Run" \
                "  sudo apt-get update && sudo ${install[*]}" "then start again. With CI=true nothing is asked."
        fi
    fi

    say "Installing: ${install[*]}"
    as_root+=(env DEBIAN_FRONTEND=noninteractive)
    local options=(-q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
    "${as_root[@]}" apt-get "${options[@]}" update >&2 || say "apt-get update failed; trying with the lists that are there."
    if ! "${as_root[@]}" "${install[@]}" "${options[@]}" >&2; then
        say "" "The packages could not be installed (apt-get's reason is above)." \
            "- \"Temporary failure resolving\" or \"Could not connect\": this machine is offline, or apt needs a proxy." \
            "  The same two commands work later, or from a local mirror: apt-get update && ${install[*]}" \
            "- \"Unable to locate package\": Debian 12 or newer with its main archive is needed. This is $(system_name)." \
            "- Free in /usr: $(free_mb /usr) MB, in /var/cache: $(free_mb /var/cache) MB."
        exit 1
    fi
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]} == 0)) || die "Still missing after the installation: ${missing[*]}"
}

# build_jobs: one job a processor, but not more than memory allows (1.5 GB each); CMAKE_BUILD_PARALLEL_LEVEL overrides
build_jobs() {
    if [[ -n ${CMAKE_BUILD_PARALLEL_LEVEL:-} ]]; then
        echo "$CMAKE_BUILD_PARALLEL_LEVEL"
        return
    fi
    local jobs mb limit
    jobs=$(nproc)
    mb=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo 2>/dev/null) || mb=
    limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null) || limit=max
    [[ $limit =~ ^[0-9]+$ ]] && ((limit / 1048576 < ${mb:-1000000000})) && mb=$((limit / 1048576))
    [[ -n $mb ]] && ((mb / 1500 < jobs)) && jobs=$((mb / 1500))
    echo $((jobs > 0 ? jobs : 1))
}

# configure PRESET: when there is no build yet, the presets changed, or the tree was moved
configure() {
    local preset=$1 folder=$root/build/$1 home='' version fresh=()
    if [[ -f $folder/CMakeCache.txt ]]; then
        home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$folder/CMakeCache.txt")
        [[ $home == "$root" ]] || fresh=(--fresh)
    fi
    if [[ -f $folder/build.ninja && $home == "$root" && ! $root/CMakePresets.json -nt $folder/build.ninja ]]; then
        return 0
    fi

    version=$(cmake --version | sed -n '1s/[^0-9]*\([0-9.]*\).*/\1/p')
    if [[ $(printf '%s\n' "$setup_cmake_version" "$version" | sort -V | head -n 1) != "$setup_cmake_version" ]]; then
        die "CMake $setup_cmake_version or newer is needed; $(command -v cmake) is $version." \
            "Debian 12 brings 3.25: is an older one in front of it in PATH?"
    fi
    need_space "$root" "$setup_build_mb" "the build"
    say "Configuring build/$preset"
    start_group cmake -S "$root" --preset "$preset" "${fresh[@]}" "${setup_configure[@]}" >"$folder.log" 2>&1
    if ! wait_group; then
        cat "$folder.log" >&2
        command -v apt-get >/dev/null || explain_other_system
        die "The configuration failed; CMake's reason is above."
    fi
}
