#!/bin/sh
# Makes the start-up caches of an image: train-aot.sh IMAGE. Each cache is what a JVM remembered of one training run
# of the real program. Run by the build, and by whoever unpacks the archive, which comes without them (they are not
# the same twice, and the archive is). Without them the program works the same and starts more slowly.
set -eu

home=$(cd "${1:?which image?}" && pwd)
app=$home/lib/app
log=$(mktemp)
work=$(mktemp -d)
trap 'rm -rf "$log" "$work"' EXIT

unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH LD_PRELOAD LD_LIBRARY_PATH

# train CACHE WORDS...: one run of the program with WORDS, remembered in CACHE.
train() {
    cache=$1
    shift
    rm -f "$app/$cache"
    if "$home/bin/java" @"$app/java.options" -Xmx512m -XX:AOTCacheOutput="$app/$cache" \
        -Dorg.sqlite.lib.path="$app" -Drosterkeep.home="$home" \
        -m org.rosterkeep/org.rosterkeep.appliance.Main "$@" >"$log" 2>&1 && [ -s "$app/$cache" ]; then
        chmod 644 "$app/$cache"
    else
        cat "$log" >&2
        echo "train-aot.sh: no start-up cache $cache; the program works without it" >&2
        rm -f "$app/$cache" "$app/$cache.config"
    fi
}

# Short verbs: `rosterkeep version`, and everything that only asks the running appliance.
train verbs.aot version --json
