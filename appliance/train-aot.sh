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
    exec "$home/bin/java" @"$app/java.options" -Xmx512m -XX:AOTCacheOutput="$work/$cache" \
        -Dorg.sqlite.lib.path="$app" -Drosterkeep.home="$home" \
        -m org.rosterkeep/org.rosterkeep.commands.Main "$@" >"$log" 2>&1
}

# made CACHE: puts it into its place, whole or not at all; says so if there is none, because nothing else will.
made() {
    if [ -s "$work/$1" ]; then
        chmod 644 "$work/$1"
        cp "$work/$1" "$app/$1.part"
        mv "$app/$1.part" "$app/$1"
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

# The appliance itself, from start to stop: a trial furnished and pulled from by both vendors. What it does here is what
# will be fast from the first time on, so every path of a working day belongs here.
(remember serve.aot try --home "$work/home" --port 0) &
server=$!
if await "$work/home/try.json" && command -v curl >/dev/null 2>&1; then
    value() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$work/words"; }
    tr ',' '\n' <"$work/home/try.json" >"$work/words"
    value clientId >"$work/ids"
    while read -r id; do
        secret=$(grep -A 3 "\"$id\"" "$work/words" | sed -n 's/.*"clientSecret" *: *"\([^"]*\)".*/\1/p' | head -n 1)
        token=$(curl -s --cacert "$(value caFile)" -u "$id:$secret" -d grant_type=client_credentials "$(value tokenUrl)" |
            sed 's/.*"access_token":"\([^"]*\)".*/\1/')
        for page in "$(value oneroster12)/users?limit=100" "$(value oneroster12)/enrollments?limit=1000&offset=10" \
            "$(value oneroster12)/students?filter=grades~'05'&sort=sourcedId" "$(value oneroster11)/classes?limit=10" \
            "$(value oneroster11)/nothing"; do
            curl -s --compressed --cacert "$(value caFile)" -H "Authorization: Bearer $token" "$page" >>"$work/pulled" || :
        done
    done <"$work/ids"
fi
for verb in status "district list" "ledger list" "rule list" "ledger verify"; do
    # shellcheck disable=SC2086
    "$home/bin/rosterkeep" $verb --home "$work/home" >/dev/null 2>&1 || :
done
kill -TERM "$server" 2>/dev/null || :
wait "$server" || :
made serve.aot
