#!/bin/sh
# Makes the start-up caches of an image: train-aot.sh IMAGE. Each cache is what a JVM remembered of one training run
# of the real program, ended like any other (an appliance by SIGTERM). Run by the build, and by whoever unpacks the archive, which comes without them (they are not
# the same twice, and the archive is). Without them the program works the same and starts more slowly.
set -eu

home=$(cd "${1:?which image?}" && pwd)
app=$home/lib/app
log=$(mktemp)
work=$(mktemp -d)
trap 'rm -rf "$log" "$work"' EXIT

unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH LD_PRELOAD LD_LIBRARY_PATH

# remember CACHE WORDS...: the program with WORDS, in a JVM that remembers its run in CACHE. Becomes that JVM, so that
# whoever started it in the background can end it.
remember() {
    cache=$1
    shift
    exec "$home/bin/java" @"$app/java.options" -Xmx512m -XX:AOTCacheOutput="$app/$cache" \
        -Dorg.sqlite.lib.path="$app" -Drosterkeep.home="$home" \
        -m org.rosterkeep/org.rosterkeep.appliance.Main "$@" >"$log" 2>&1
}

# made CACHE: whether it was made; says so if not, because nothing else will.
made() {
    rm -f "$app/$1.config"
    if [ -s "$app/$1" ]; then
        chmod 644 "$app/$1"
    else
        cat "$log" >&2
        echo "train-aot.sh: no start-up cache $1; the program works without it, and starts more slowly" >&2
    fi
}

# Waits up to half a minute for a file.
await() {
    tries=0
    while [ ! -e "$1" ] && [ "$tries" -lt 300 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    [ -e "$1" ]
}

rm -f "$app/verbs.aot" "$app/serve.aot"

# Short verbs: `rosterkeep version`, and everything that only asks the running appliance.
(remember verbs.aot version --json) || :
made verbs.aot

# The appliance itself, from start to stop. What it does in between is what will be fast from the first time on:
# every path of a working day belongs here.
(remember serve.aot serve --home "$work/home") &
server=$!
if await "$work/home/run/control.sock"; then
    "$home/bin/rosterkeep" status --home "$work/home" >/dev/null 2>&1 || :
    "$home/bin/rosterkeep" district list --home "$work/home" >/dev/null 2>&1 || :
fi
kill -TERM "$server" 2>/dev/null || :
wait "$server" || :
made serve.aot
