#!/bin/sh
# Measures an appliance from outside (security on, everything on the loopback interface) and prints a table.
#
#   src/bench/load/load.sh [STUDENTS] [ROUNDS] [CONNECTIONS]
#
# Needs: the linked image (target/rosterkeep), a JDK 25, Maven's local repository filled by a build, curl, unzip, and
# sqlite3 for the comparison of imports (passed over aloud when it is not there).
set -eu

students=${1:-50000}
rounds=${2:-5}
connections=${3:-1}
root=$(cd "$(dirname "$0")/../../.." && pwd)
cd "$root"
image=${ROSTERKEEP_IMAGE:-$root/target/rosterkeep}
keep=$image/bin/rosterkeep
[ -x "$keep" ] || { echo "load.sh: no image at $image; build it with mvn package" >&2; exit 2; }
jdk=${JDK25:-}
for found in /usr/lib/jvm/*25*; do
    if [ -z "$jdk" ] && [ -x "$found/bin/javac" ]; then jdk=$found; fi
done
[ -n "$jdk" ] || { echo "load.sh: no JDK 25 under /usr/lib/jvm; name one in JDK25" >&2; exit 2; }

# A port of its own, the same before and after the restart.
port=$((20000 + $$ % 20000))
work=$(mktemp -d "${TMPDIR:-/tmp}/rosterkeep-load.XXXXXX")
pids=''
finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null || true; done
    for pid in $pids; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# utime + stime of a process, in hundredths of a second
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{print $12 + $13}'; }
resident() { awk '/^VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$1/status"; }
now() { date +%s%N; }

echo "Compiling ..." >&2
mvn -q -B -o dependency:build-classpath -Dmdep.outputFile="$work/cp" -Dmdep.includeScope=test >/dev/null
cp=$(cat "$work/cp")
mkdir "$work/classes" "$work/bodies"
find src/bench/java/org/rosterkeep/load src/test/java/org/rosterkeep/fixture/MadeUp*.java -name '*.java' >"$work/sources"
"$jdk/bin/javac" -nowarn -proc:none -cp "$cp:target/classes" -d "$work/classes" @"$work/sources" 2>"$work/javac" \
    || { cat "$work/javac" >&2; exit 1; }
run="$jdk/bin/java -XX:+UseSerialGC -cp $work/classes:target/classes:$cp"

echo "Making a district of $students students ..." >&2
$run org.rosterkeep.fixture.MadeUpDistrict "$work/roster.zip" "$students"

echo "Starting the appliance and importing ..." >&2
"$keep" try --home "$work/home" --port "$port" --roster "$work/roster.zip" >"$work/try.out" 2>"$work/try.err" &
appliance=$!
pids="$appliance"
until [ -s "$work/home/try.json" ]; do
    kill -0 "$appliance" 2>/dev/null || { cat "$work/try.out" "$work/try.err" >&2; exit 1; }
    sleep 0.2
done
sleep 2
echo "resident after the import: $(resident "$appliance") MiB"

$run -XX:+UseCompactObjectHeaders -Xmx768m org.rosterkeep.load.ConstantServer "$work/bodies" "$work/port" 2>/dev/null &
yardstick=$!
pids="$pids $yardstick"
until [ -s "$work/port" ]; do sleep 0.1; done

echo "Measuring ..." >&2
$run org.rosterkeep.load.LoadClient "$work/home/try.json" "$appliance" "$(cat "$work/port")" "$yardstick" \
    "$work/bodies" "$rounds" "$connections"

echo
echo "Import of the same file into a second district (processor time):"
"$keep" district make measured --home "$work/home" --country DE --regime EU --key-file >/dev/null
before=$(ticks "$appliance")
start=$(now)
"$keep" intake run "$work/roster.zip" --home "$work/home" --district measured >/dev/null 2>&1
ours=$(($(ticks "$appliance") - before))
echo "  first import   $ours hundredths of a CPU second, $((($(now) - start) / 1000000)) ms"
before=$(ticks "$appliance")
start=$(now)
"$keep" intake run "$work/roster.zip" --home "$work/home" --district measured >/dev/null 2>&1
echo "  repeated       $(($(ticks "$appliance") - before)) hundredths of a CPU second, $((($(now) - start) / 1000000)) ms"
if command -v sqlite3 >/dev/null; then
    mkdir "$work/csv"
    unzip -q "$work/roster.zip" -d "$work/csv"
    {
        echo 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;'
        for file in "$work"/csv/*.csv; do
            name=$(basename "$file" .csv)
            [ "$name" = manifest ] && continue
            columns=$(head -1 "$file" | tr -d '\r' | awk -F, '{for (i = 1; i <= NF; i++) printf "%s\"%s\" TEXT", (i > 1 ? "," : ""), $i}')
            echo "CREATE TABLE \"$name\" ($columns, PRIMARY KEY (sourcedId)) WITHOUT ROWID;"
            echo ".import --csv --skip 1 $file $name"
        done
    } >"$work/import.sql"
    sh -c "sqlite3 '$work/plain.db' <'$work/import.sql' >/dev/null; times" | tail -1 |
        sed 's/^/  sqlite3 .import into text-keyed tables (user, system): /'
else
    echo "  sqlite3 is not here: no comparison"
fi

echo
kill "$appliance"
wait "$appliance" 2>/dev/null || true
pids="$yardstick"
start=$(now)
"$keep" serve --home "$work/home" >"$work/serve.out" 2>"$work/serve.err" &
appliance=$!
pids="$pids $appliance"
base=$(sed -n 's/.*"baseUrl" *: *"\([^"]*\)".*/\1/p' "$work/home/try.json")
until curl -s -k -o /dev/null "$base/"; do
    kill -0 "$appliance" 2>/dev/null || { cat "$work/serve.err" >&2; exit 1; }
    sleep 0.02
done
echo "start to first answer: $((($(now) - start) / 1000000)) ms"
sleep 5
echo "resident when idle: $(resident "$appliance") MiB; image: $(du -sm "$image" | cut -f1) MB on the disk"
