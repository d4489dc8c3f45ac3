# shellcheck shell=bash
# Sourced by setup.sh: one build of a folder at a time, in words how far it is, and nothing that goes on when it is ended.

: "${root:?the caller sets root}"

build_step_seconds=(5 10) # of one compiler, on an idle core and on a busy one

# --- Commands in a process group of their own, which ends with this script

group='' # the running one

end_group() { # EXIT_CODE
    trap '' INT TERM HUP
    if [[ -n $group ]]; then
        kill -TERM -- "-$group" 2>/dev/null || true # ninja passes it on to the compilers
        for _ in {1..100}; do
            kill -0 -- "-$group" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL -- "-$group" 2>/dev/null || true
    fi
    say "" "Ended, and nothing goes on. The next start continues where this one stopped."
    exit "$1"
}

# start_group COMMAND...: without input; ended by the same signals as this script, even by KILL
start_group() {
    local tie=()
    command -v setpriv >/dev/null && tie=(setpriv --pdeathsig TERM --)
    trap 'end_group 130' INT
    trap 'end_group 143' TERM
    trap 'end_group 129' HUP
    set -m
    "${tie[@]}" "$@" </dev/null 9>&- &
    group=$!
    set +m
}

# wait_group: the exit code of the command
wait_group() {
    local code=0
    wait "$group" || code=$?
    group=''
    trap - INT TERM HUP
    return "$code"
}

# --- The lock of a build folder

# lock_holder LOCK: "process 4711 (tests/run) of anna, for 3 minutes"
lock_holder() {
    local pid user since command
    if IFS=$'\t' read -r pid user since command <"$1" 2>/dev/null && [[ $pid =~ ^[0-9]+$ && $since =~ ^[0-9]+$ ]]; then
        echo "process $pid ($command) of $user, since $(date -d "@$since" +%H:%M:%S), $(((EPOCHSECONDS - since) / 60)) min ago"
    else
        echo "a process that did not say who it is"
    fi
}

# lock_build PRESET: waits until nobody else builds there; unlock_build or the end of this script gives it back
lock_build() {
    local lock=$root/build/$1.lock
    exec 9<>"$lock"
    until flock -n 9; do
        say "Waiting: build/$1 is being built by $(lock_holder "$lock")."
        start_group flock -w 60 "$lock" true
        wait_group || true
    done
    printf '%s\t%s\t%s\t%s\n' "$$" "$(id -un)" "$EPOCHSECONDS" "${0#"$root"/}" >"$lock"
}

unlock_build() { exec 9>&-; }

# --- Progress

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# say_estimate FOLDER JOBS TARGET...: before a long build
say_estimate() {
    local folder=$1 jobs=$2 all built=0 low high
    shift 2
    all=$(ninja -C "$folder" -t commands "$@" 2>/dev/null | wc -l)
    [[ -f $folder/.ninja_log ]] && built=$(awk -F '\t' 'NF > 3 { print $4 }' "$folder/.ninja_log" | sort -u | wc -l)
    ((all - built > 20)) || return 0
    low=$(((all - built) * build_step_seconds[0] / jobs / 60))
    high=$(((all - built) * build_step_seconds[1] / jobs / 60 + 1))
    say "Building in build/${folder##*/}: $((all - built)) steps, $jobs at a time. That takes about $low to $high minutes" \
        "(less where ccache has them). Ctrl+C ends it; the next start goes on from there."
}

# say_progress DONE TOTAL SECONDS JOBS WHAT: one line; the first guess gives way to what was measured
say_progress() {
    local done=$1 total=$2 gone=$3 jobs=$4 guess=8 left line
    left=$(((gone + guess * build_step_seconds[0] / jobs) * (total - done) / (done + guess)))
    line="$(printf '%3d' $((done * 100 / total))) %: $done of $total steps, $(clock "$gone") gone, about $(clock "$left") left"
    if [[ -t 2 ]]; then
        line+=" - ${5##*/}"
        printf '\r\e[K%s' "${line:0:$((${COLUMNS:-80} - 1))}" >&2
    else
        say "$line"
    fi
}

# follow_build LOG JOBS: reads ninja's log while the group runs; a terminal has one line, another output one in 30 s
follow_build() {
    local jobs=$2 line part='' running=1 began=$SECONDS told=$SECONDS pause=30 drawn=''
    [[ -t 2 ]] && pause=1
    exec 8<"$1"
    while :; do
        if IFS= read -r line <&8; then
            line=$part$line part=''
            if [[ $line =~ ^@([0-9]+)/([0-9]+)\ (.*) ]] && ((BASH_REMATCH[2] > 1 && SECONDS - told >= pause)); then
                told=$SECONDS drawn=1
                say_progress "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" $((SECONDS - began)) "$jobs" "${BASH_REMATCH[3]}"
            fi
            continue
        fi
        part+=$line
        ((running)) || break
        kill -0 "$group" 2>/dev/null || running=0 # once more: it may have written since
        ((running == 0)) || sleep 0.2
    done
    exec 8<&-
    [[ -t 2 && -n $drawn ]] && printf '\r\e[K' >&2
    return 0
}

# first_failure LOG: what failed first, without the command line; the last lines when nothing says so
first_failure() {
    awk '/^FAILED: / && !n { n = 1; block[1] = $0; getline; next }
        n && /^(@|FAILED: )/ { exit }
        n { block[++n] = $0; if (!error && /(error|undefined reference|multiple definition)/) error = n }
        END { from = error > 25 ? error - 3 : 1
              if (from > 1) print block[1]
              for (i = from; i <= n && i < from + 30; ++i) print block[i]
              if (i <= n) print "..."
              exit !n }' "$1" || tail -n 20 -- "$1"
}

# build PRESET [TARGET...]: configures when needed and builds these targets (all when none is named) in build/PRESET
build() {
    local preset=$1 folder=$root/build/$1 jobs code=0 began
    local log=$folder.build.log
    shift
    mkdir -p "$folder" 2>/dev/null || true
    [[ -w $folder ]] ||
        die "Cannot write in $folder. Was it built by another user? Remove that folder, or copy the tree."
    lock_build "$preset"
    configure "$preset"
    jobs=$(build_jobs)
    say_estimate "$folder" "$jobs" "$@"
    began=$SECONDS
    start_group env NINJA_STATUS='@%f/%t ' ninja -C "$folder" -j "$jobs" "$@" >"$log" 2>&1
    follow_build "$log" "$jobs"
    wait_group || code=$?
    unlock_build
    if ((code != 0)); then
        first_failure "$log" >&2
        (($(free_mb "$root") >= 50)) || say "The disk is full: $(free_mb "$root") MB are free in $root."
        die "The build of build/$preset failed. What failed first is above, all of it in $log"
    fi
    ((SECONDS - began < 5)) || say "Built build/$preset in $(clock $((SECONDS - began)))."
}
