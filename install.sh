#!/bin/sh
# Rosterkeep: try it, test it. POSIX sh; nothing runs before the last line has been read.

usage() {
    cat <<'TEXT'
./install.sh --try [options]   start the appliance here, with a made-up district; no root, no systemd
    --home DIR       where it keeps everything (default: rosterkeep-try in your state folder)
    --port N         the port on 127.0.0.1
    --roster FILE    a OneRoster zip to use instead of the made-up one
    --empty          nothing but the appliance
    --detach         come back when it is ready and leave it running
    --stop           stop the one that runs in DIR
    --clean          stop it and remove DIR
./install.sh --test            install what the tests need, build everything, run all tests
./install.sh --help            this text

Exit codes: 0 done, 1 failed, 2 wrong use, 3 something is missing on this machine.
TEXT
}

say() { printf '%s\n' "$*"; }
complain() { printf 'install.sh: %s\n' "$*" >&2; }
fail() {
    complain "$1"
    exit 1
}
misused() {
    complain "$1"
    complain "see ./install.sh --help"
    exit 2
}
missing() {
    complain "$1"
    exit 3
}
have() { command -v "$1" >/dev/null 2>&1; }

# ---- Java and Maven ------------------------------------------------------------------------------------------------

# The major version of the JDK in folder $1, or nothing.
jdk_version() {
    [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Sets jdk to a JDK 25 with compiler and linker, or returns 1. Looks where packages and the usual tools put one.
find_jdk() {
    on_path=
    if have javac; then
        on_path=$(readlink -f -- "$(command -v javac)")
        on_path=${on_path%/bin/javac}
    fi
    for jdk in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.m2/jdks/*; do
        if [ -n "$jdk" ] && [ "$(jdk_version "$jdk")" = 25 ] && [ -x "$jdk/bin/javac" ] && [ -x "$jdk/bin/jlink" ]; then
            return 0
        fi
    done
    jdk=
    return 1
}

# Which package manager speaks here, and what it calls a JDK 25. Sets manager, jdk_package, maven_package.
know_packages() {
    manager='' jdk_package='' maven_package=maven
    if have apt-get; then
        manager=apt jdk_package=openjdk-25-jdk-headless
    elif have dnf; then
        manager=dnf jdk_package=java-25-openjdk-devel
    elif have zypper; then
        manager=zypper jdk_package=java-25-openjdk-devel
    elif have pacman; then
        manager=pacman jdk_package=jdk25-openjdk
    fi
}

# Whether the package manager can give package $1 now.
package_exists() {
    case $manager in
    apt) [ -n "$(apt-cache madison "$1" 2>/dev/null)" ] ;;
    dnf) dnf -q info "$1" >/dev/null 2>&1 ;;
    zypper) zypper -q search -x "$1" >/dev/null 2>&1 ;;
    pacman) pacman -Si "$1" >/dev/null 2>&1 ;;
    *) return 1 ;;
    esac
}

install_package() {
    say "Installing $1 ..."
    case $manager in
    apt) DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null ;;
    dnf) dnf -y -q install "$1" ;;
    zypper) zypper -n -q install "$1" ;;
    pacman) pacman -S --noconfirm --needed "$1" >/dev/null ;;
    esac
}

# Installs package $1 if we are root and the system has it; returns 1 if not.
try_to_install() {
    [ -n "$manager" ] && [ "$(id -u)" = 0 ] || return 1
    if ! package_exists "$1" && [ "$manager" = apt ]; then
        apt-get update -qq >/dev/null 2>&1 || :
    fi
    package_exists "$1" && install_package "$1"
}

# The command a person would type to install package $1.
install_command() {
    case $manager in
    apt) say "apt-get install $1" ;;
    dnf) say "dnf install $1" ;;
    zypper) say "zypper install $1" ;;
    pacman) say "pacman -S $1" ;;
    esac
}

need_jdk() {
    find_jdk && return 0
    know_packages
    if try_to_install "$jdk_package" && find_jdk; then
        return 0
    fi
    if [ -n "$manager" ] && package_exists "$jdk_package"; then
        missing "building needs a JDK 25, and there is none; as root: $(install_command "$jdk_package")"
    fi
    missing "building needs a JDK 25, and this system has no package for one; temurin-25-jdk from https://adoptium.net/installation/linux is one, or unpack any JDK 25 below $HOME/.jdks"
}

# Maven runs on any Java from 17; the build finds the JDK 25 by itself.
need_maven() {
    if ! have mvn; then
        know_packages
        try_to_install "$maven_package" || :
        have mvn || missing "building needs Maven 3.8 or newer, and there is no mvn; ${manager:+as root: $(install_command "$maven_package"), or }see https://maven.apache.org/install.html"
    fi
    version=
    if [ -n "${JAVA_HOME:-}" ]; then
        version=$(jdk_version "$JAVA_HOME")
    fi
    if [ "${version:-0}" -lt 17 ]; then
        unset JAVA_HOME
        version=
        if have java; then
            version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
        fi
        [ "${version:-0}" -ge 17 ] || export JAVA_HOME="$jdk"
    fi
    # Where the build looks too, should this one lie in an unusual place.
    export JAVA25_HOME="$jdk"
}

# ---- The image -----------------------------------------------------------------------------------------------------

# Sets image to a runtime image that belongs to what lies here: the one built before, an unpacked bundle, or a new one.
need_image() {
    image=$here/target/rosterkeep
    if [ -f "$here/pom.xml" ] && [ -x "$image/bin/rosterkeep" ] && [ -f "$image.sources" ] &&
        [ "$(cat "$image.sources")" = "$("$here/appliance/fingerprint.sh")" ]; then
        return 0
    fi
    case $(uname -m) in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) missing "there is no build for $(uname -m); it runs on x86_64 and aarch64" ;;
    esac
    for bundle in "$here"/rosterkeep-*-linux-"$machine".tar.gz; do
        if [ -f "$bundle" ]; then
            unpack "$bundle"
            return 0
        fi
    done
    [ -f "$here/pom.xml" ] || missing "there is neither a rosterkeep-*-linux-$machine.tar.gz nor the source beside install.sh; put the release archive of this machine there, or run install.sh in a clone of the source"
    build
}

unpack() {
    sum=$(sha256sum "$1" | cut -d ' ' -f 1)
    store=${XDG_CACHE_HOME:-$HOME/.cache}/rosterkeep/$sum
    image=$store/rosterkeep
    [ ! -f "$store/complete" ] || return 0
    say "Unpacking $(basename "$1") ..."
    rm -rf "$store"
    mkdir -p "$store" || fail "could not make $store"
    tar -xzf "$1" -C "$store" || fail "could not unpack $1 into $store"
    : >"$store/complete"
    # For the next starts; this one need not wait for it.
    nohup nice -n 19 "$image/lib/app/train-aot.sh" "$image" >/dev/null 2>&1 </dev/null &
}

build() {
    need_jdk
    need_maven
    log=$here/target/build.log
    mkdir -p "$here/target" || fail "cannot write to $here/target"
    say "Building the program from source. The first time fetches libraries and takes a few minutes; later, seconds."
    (cd "$here" && exec mvn -B -ntp -Dmaven.test.skip=true package) >"$log" 2>&1 </dev/null &
    maven=$!
    trap 'kill "$maven" 2>/dev/null; exit 130' INT TERM
    shown=
    while kill -0 "$maven" 2>/dev/null; do
        sleep 1
        step=$(sed -n 's/^\[INFO\] --- \([a-z]*\)-\?\(maven\)\?.*:\([a-zA-Z-]*\) (\([a-z-]*\)).*/\3 \4/p' "$log" | tail -n 1)
        case $step in
        'compile default-compile') now='  compiling' ;;
        'add-module-info '*) now='  describing modules' ;;
        'jlink '*) now='  linking the runtime image' ;;
        'exec assemble') now='  packing, and training the start-up cache' ;;
        *) now=$shown ;;
        esac
        if [ "$now" != "$shown" ]; then
            say "$now"
            shown=$now
        fi
    done
    code=0
    wait "$maven" || code=$?
    trap - INT TERM
    if [ "$code" != 0 ]; then
        grep '^\[ERROR\]' "$log" | head -n 12 | cut -c 1-300 >&2
        fail "the build failed; all of it is in $log"
    fi
}

# ---- What is asked -------------------------------------------------------------------------------------------------

try() {
    if [ "$ending" = yes ]; then
        if [ ! -d "$home" ]; then
            say "Nothing to do: there is no $home."
            return 0
        fi
        # Any image will do to end what runs, also one older than the sources.
        image=$here/target/rosterkeep
        [ -x "$image/bin/rosterkeep" ] || need_image
    else
        need_image
    fi
    exec "$image/bin/rosterkeep" try --home "$home" "$@"
}

run_tests() {
    [ -f "$here/pom.xml" ] || missing "the tests come with the source, and there is no pom.xml beside install.sh"
    need_jdk
    need_maven
    cd "$here" || exit 1
    rm -rf target/surefire-reports target/failsafe-reports
    code=0
    mvn -B -ntp verify || code=$?
    [ "$code" = 0 ] || complain "the build failed (code $code); what follows counts only the tests that ran"
    # The sum over both runs, unit tests and tests of the image, in one line.
    cat target/surefire-reports/TEST-*.xml target/failsafe-reports/TEST-*.xml 2>/dev/null | awk '
        /<testsuite / {
            tests += number("tests"); bad += number("failures") + number("errors"); skipped += number("skipped")
        }
        function number(name) {
            return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
        }
        END { printf "\n%d passed, %d failed, %d skipped\n", tests - bad - skipped, bad, skipped }'
    return "$code"
}

main() {
    set -u
    # Nobody steers the JVMs started from here.
    unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH
    : "${HOME:=/}"
    here=$(cd "$(dirname "$0")" && pwd) || exit 1
    home=${XDG_STATE_HOME:-$HOME/.local/state}/rosterkeep-try
    mode='' ending=no words=

    # First the words for us; those for `rosterkeep try` go round the circle and stay in "$@".
    left=$#
    while [ "$left" -gt 0 ]; do
        word=$1
        shift
        left=$((left - 1))
        case $word in
        --home | --port | --roster)
            [ "$left" -gt 0 ] || misused "$word needs a value"
            value=$1
            shift
            left=$((left - 1))
            ;;
        --home=* | --port=* | --roster=*)
            value=${word#*=}
            word=${word%%=*}
            ;;
        esac
        case $word in
        --try | --test)
            [ -z "$mode" ] || [ "$mode" = "$word" ] || misused "--try or --test, not both"
            mode=$word
            ;;
        --help | -h)
            usage
            exit 0
            ;;
        --home)
            [ -n "$value" ] || misused "--home needs a folder"
            home=$value
            words=$word
            ;;
        --port)
            case $value in '' | *[!0-9]*) misused "--port needs a number" ;; esac
            if [ "$value" -lt 1 ] || [ "$value" -gt 65535 ]; then misused "--port is a number from 1 to 65535"; fi
            set -- "$@" --port "$value"
            words=$word
            ;;
        --roster)
            [ -r "$value" ] || misused "--roster: cannot read $value"
            set -- "$@" --roster "$value"
            words=$word
            ;;
        --stop | --clean)
            ending=yes
            set -- "$@" "$word"
            words=$word
            ;;
        --empty | --detach)
            set -- "$@" "$word"
            words=$word
            ;;
        *) misused "unknown: $word" ;;
        esac
    done
    case $mode in
    --try) try "$@" ;;
    --test)
        [ -z "$words" ] || misused "$words goes with --try"
        run_tests
        ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
}

main "$@"
