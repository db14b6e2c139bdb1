#!/bin/sh
# Measures how many deliveries a second go from a keep through a courier to a server on this machine, with real TLS.
#
#   src/bench/push.sh [STUDENTS] [TARGETS] [ROUNDS]
#
# Needs: compiled tests (mvn -q -Dquick test-compile), a JDK 25, Maven's local repository filled by a build.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
[ -d target/test-classes ] || { echo "push.sh: compile first: mvn -q -Dquick test-compile" >&2; exit 2; }
jdk=${JDK25:-}
for found in /usr/lib/jvm/*25*; do
    if [ -z "$jdk" ] && [ -x "$found/bin/java" ]; then jdk=$found; fi
done
[ -n "$jdk" ] || { echo "push.sh: no JDK 25 under /usr/lib/jvm; name one in JDK25" >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/rosterkeep-push.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
mvn -q -B -o dependency:build-classpath -Dmdep.outputFile="$work/cp" -Dmdep.includeScope=test >/dev/null
"$jdk/bin/java" -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED \
    -cp "target/test-classes:target/classes:$(cat "$work/cp")" \
    org.rosterkeep.appliance.PushBench "$work/bench" "${1:-2000}" "${2:-20}" "${3:-5}" 2>/dev/null
