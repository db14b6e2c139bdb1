#!/bin/sh
# Rosterkeep: install it on a server, try it, test it. POSIX sh; nothing runs before the last line has been read.
# For a server this file finds the bundle and looks whether it is what was released; how it is then installed is in the
# bundle (share/host), so that each release knows how to take over from those before it. Those parts read what is set here.
# shellcheck disable=SC2034

usage() {
    cat <<'TEXT'
./install.sh [options]         install this bundle on this server, or bring an installed one up to it; as root
    --dry-run        look and print the whole plan; change nothing
    --yes            do not ask
    --answers FILE   what would be asked, and settings: lines key = value (see the manual)
    --bundle FILE    the bundle (default: the one beside install.sh)
    --port N         the port vendors connect to (8443)
    --hostname NAME  the name vendors connect to (this machine's)
    --digest HEX     the bundle's SHA-256 as you were told it
    --key FILE       the release's public key as you were given it
    --unsigned       take a development bundle, which nobody signed
    --downgrade      take an older version than the installed one
    --repair         take another build of the installed version
    --tls-cert FILE  your own certificate with its chain, PEM; ours is made when there is none
    --tls-key FILE   its private key
    --no-start       put everything in its place, and start nothing (not for an upgrade)
    --wait SECONDS   how long to wait until it is ready (120)
./install.sh --rollback        back to the version before, within the same bounds as an upgrade; as root
./install.sh --uninstall       remove the program; data, keys and settings stay
./install.sh --purge           destroy keys and data too, and write a certificate of it
    --certificate FILE   where to (default: in /root)
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

Exit codes: 0 done, 1 failed and as it was before, 2 wrong use, 3 something is missing on this machine, 4 a person said
no, 5 the bundle is not what was released.
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
    # A release archive that was unpacked whole: this file lies in it.
    if [ -x "$here/bin/rosterkeep" ] && [ -f "$here/SHA256SUMS" ]; then
        image=$here
        return 0
    fi
    case $(uname -m) in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) missing "there is no build for $(uname -m); it runs on x86_64 and aarch64" ;;
    esac
    for bundle in "$here"/rosterkeep-*-linux-"$machine".tar.gz "$here"/../rosterkeep-*-linux-"$machine".tar.gz; do
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

# ---- The bundle of a server ----------------------------------------------------------------------------------------

# Sets bundle to the one that is meant.
find_bundle() {
    if [ -n "$bundle" ]; then
        [ -r "$bundle" ] || misused "--bundle: cannot read $bundle"
        return 0
    fi
    for one in "$here" "$here/.." "$here/target"; do
        for bundle in "$one"/rosterkeep-*-linux-"$(uname -m)".tar.gz; do
            [ ! -f "$bundle" ] || return 0
        done
    done
    missing "there is no rosterkeep-*-linux-$(uname -m).tar.gz beside install.sh; name one with --bundle FILE, or see ./install.sh --try"
}

changed_bundle() {
    complain "the bundle $bundle is not what was released: $1"
    complain "Nothing was changed here. Get the bundle anew, and compare its SHA-256 with the one in the release notes."
    exit 5
}

# One file of the bundle, on stdout; returns 1 when it has none of that name.
in_bundle() { tar -xzOf "$bundle" --occurrence=1 "rosterkeep/$1" 2>/dev/null; }

# SHA-256 of the public key in PEM file $1, as a person compares it.
fingerprint() { sed '/^-/d' "$1" | base64 -d 2>/dev/null | sha256sum | cut -d ' ' -f 1; }

# Whether the digests of the bundle carry the signature of the key in file $1. By openssl 3, or by an installed
# program, which was trusted before; never by a program of the bundle, which would vouch for itself. Returns 2 when
# there is neither.
signature_fits() {
    case $(openssl version 2>/dev/null) in
    "OpenSSL "[3-9]*)
        openssl pkeyutl -verify -rawin -pubin -inkey "$1" -in "$work/SHA256SUMS" -sigfile "$work/SHA256SUMS.sig" \
            >/dev/null 2>&1
        return
        ;;
    esac
    [ -x "$root/current/bin/rosterkeep" ] || return 2
    "$root/current/bin/rosterkeep" signed "$work/SHA256SUMS" --signature "$work/SHA256SUMS.sig" --key "$1" \
        >/dev/null 2>&1
}

# Whose bundle it is. A signature counts only with a key that did not come along with it: the one you were given, or the
# installed program's. At a first installation without one, the fingerprint is for a person to compare.
check_origin() {
    if ! in_bundle SHA256SUMS.sig >"$work/SHA256SUMS.sig"; then
        if [ "$unsigned" != yes ]; then
            complain "the bundle $bundle is a development build: nobody signed it. Nothing was changed here."
            complain "If you built it yourself, say so with --unsigned."
            exit 5
        fi
        say "The bundle is an unsigned development build, and is taken because of --unsigned."
        return 0
    fi
    known=$key
    if [ -z "$known" ] && [ -f "$root/current/share/release.pem" ]; then
        known=$root/current/share/release.pem
    fi
    if [ -z "$known" ]; then
        known=$work/release.pem
        in_bundle share/release.pem >"$known" || changed_bundle "it is signed, and brings no key to compare"
        released=$(fingerprint "$known")
        told=$(answer release-key)
        if [ -n "$told" ]; then
            [ "$told" = "$released" ] || changed_bundle "its key is $released, not the one in the answers (release-key)"
        else
            say "Signed with the key $released"
            say "  Compare it with the release notes; this is the first bundle here, and nothing here knows the key yet."
        fi
    fi
    fits=0
    signature_fits "$known" || fits=$?
    case $fits in
    0) say "The signature is that of $known." ;;
    2)
        [ -n "$digest" ] || missing "nothing on this machine can check an Ed25519 signature; install openssl 3, or compare the SHA-256 of the bundle with the release notes and give it with --digest HEX"
        say "The signature cannot be checked here; the bundle has the SHA-256 you gave."
        ;;
    *) changed_bundle "the signature is not that of $known" ;;
    esac
}

# The bundle's own list of digests, into our folder; and the digest somebody was told, of the whole.
check_list() {
    case $(tar --version 2>/dev/null) in *GNU*) ;; *) missing "looking through the bundle needs GNU tar; install the package tar" ;; esac
    if [ -n "$digest" ] && [ "$(sha256sum "$bundle" | cut -d ' ' -f 1)" != "$digest" ]; then
        changed_bundle "its SHA-256 is not the one you gave"
    fi
    in_bundle SHA256SUMS >"$work/SHA256SUMS" || changed_bundle "it is damaged, or no bundle"
    if grep -v -q -E '^[0-9a-f]{64}  [A-Za-z0-9][A-Za-z0-9._/+@$-]*$' "$work/SHA256SUMS" ||
        grep -q -F '..' "$work/SHA256SUMS"; then
        changed_bundle "its list of digests is not one"
    fi
}

# Whether every byte of the bundle is what its list of digests says, and nothing else is in it. Reads the bundle through,
# and puts nothing of it anywhere.
check_contents() {
    tar -tvzf "$bundle" --numeric-owner >"$work/read" 2>/dev/null || changed_bundle "it is damaged"
    [ -z "$(cut -c 1 <"$work/read" | tr -d 'd\n-')" ] || changed_bundle "it has links or devices in it"
    awk '/^-/ { print $6 }' "$work/read" | sed 's|^rosterkeep/||' >"$work/names"
    # One digest a file, in the order of the names.
    tar -xzf "$bundle" --to-command='exec sha256sum' >"$work/read" 2>/dev/null || changed_bundle "it is damaged"
    sed 's/-$//' "$work/read" | paste -d '' - "$work/names" |
        grep -v -x -E '[0-9a-f]{64}  SHA256SUMS(\.sig)?' | LC_ALL=C sort -k 2 >"$work/found"
    cmp -s "$work/found" "$work/SHA256SUMS" || changed_bundle "$(diff "$work/SHA256SUMS" "$work/found" |
        sed -n 's/^[<>] [0-9a-f]*  //p' | head -n 1) is not what the list of digests says"
}

# From a file to parts that may be run: by this order nothing of it is used before it is known whose it is and that it is
# whole.
take_bundle() {
    find_bundle
    say "Looking at $bundle ..."
    check_list
    check_origin
    check_contents
    load_bundle
}

# Brings what is for the host out of the bundle, into a folder of ours, and reads it.
load_bundle() {
    tar -xzf "$bundle" -C "$work" rosterkeep/share || changed_bundle "it has no share"
    share=$work/rosterkeep/share
    (cd "$work/rosterkeep" && grep '  share/' "$work/SHA256SUMS" | sha256sum -c --quiet --strict >/dev/null 2>&1) ||
        changed_bundle "it changed while it was looked at"
    load "$share/host"
}

load() {
    parts=$1
    for part in "$1"/*.sh; do
        # shellcheck disable=SC1090
        . "$part"
    done
}

# ---- The answers ---------------------------------------------------------------------------------------------------

# The value of key $1 in the answers, or nothing.
answer() {
    [ -z "$answers" ] || sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//p" "$answers" | sed 's/[[:space:]]*$//' | head -n 1
}

# yes when the person says so, or need not be asked.
confirm() {
    [ "$yes" != yes ] || return 0
    [ -t 0 ] || misused "nobody can be asked: there is no terminal; say --yes if it is meant"
    printf '%s [y/N] ' "$1"
    read -r word || word=
    case $word in [yY] | [yY][eE][sS]) ;; *)
        complain "not done; nothing was changed"
        exit 4
        ;;
    esac
}

# What takes Rosterkeep away again: the installed version's own parts, else those beside this file, else the bundle's.
find_parts() {
    for one in "$root/current/share/host" "$here/share/host" "$here/appliance/host"; do
        if [ -d "$one" ]; then
            load "$one"
            return 0
        fi
    done
    if [ "$task" = uninstall ]; then
        say "Rosterkeep is not installed here; nothing was changed."
        exit 0
    fi
    take_bundle
}

server() {
    root=/opt/rosterkeep
    need_systemd
    work=$(mktemp -d) || fail "could not make a folder for the time of the installation"
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    case $task in
    install)
        take_bundle
        install_here
        ;;
    uninstall | purge | rollback)
        find_parts
        "${task}_here"
        ;;
    recover)
        load "$here/share/host"
        take_lock
        recover_here
        ;;
    esac
}

# The fences around the appliance are the service manager's.
need_systemd() {
    [ -d /run/systemd/system ] || missing "there is no systemd running here, and a server needs it: it opens the port and confines the appliance. To look at Rosterkeep on this machine as it is: ./install.sh --try"
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
    mode='' ending=no words='' own='' booting=no
    task=install dry=no yes=no unsigned=no downgrade=no repair=no
    bundle='' answers='' no_start=no tls_cert='' tls_key='' port='' name='' digest='' key='' patience=120 certificate=''

    # First the words for us; those for `rosterkeep try` go round the circle and stay in "$@".
    left=$#
    while [ "$left" -gt 0 ]; do
        word=$1
        shift
        left=$((left - 1))
        case $word in
        --home | --port | --roster | --bundle | --answers | --hostname | --digest | --key | --wait | --certificate | --tls-cert | --tls-key)
            [ "$left" -gt 0 ] || misused "$word needs a value"
            value=$1
            shift
            left=$((left - 1))
            ;;
        --home=* | --port=* | --roster=* | --bundle=* | --answers=* | --hostname=* | --digest=* | --key=* | --wait=* | --certificate=* | --tls-cert=* | --tls-key=*)
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
            port=$value
            set -- "$@" --port "$value"
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
        --bundle | --answers | --key | --tls-cert | --tls-key)
            [ -r "$value" ] || misused "$word: cannot read $value"
            case $word in
            --bundle) bundle=$value ;;
            --answers) answers=$value ;;
            --key) key=$value ;;
            --tls-cert) tls_cert=$value ;;
            --tls-key) tls_key=$value ;;
            esac
            own=$word
            ;;
        --hostname)
            case $value in '' | *[!A-Za-z0-9.-]*) misused "--hostname is a name like rosters.example.org" ;; esac
            name=$value own=$word
            ;;
        --digest)
            digest=$(printf %s "$value" | tr 'A-F' 'a-f')
            case $digest in '' | *[!0-9a-f]*) misused "--digest is a SHA-256, 64 hexadecimal digits" ;; esac
            own=$word
            ;;
        --wait)
            case $value in '' | *[!0-9]*) misused "--wait needs a number of seconds" ;; esac
            patience=$value own=$word
            ;;
        --certificate) certificate=$value own=$word ;;
        --no-start) no_start=yes own=$word ;;
        --dry-run) dry=yes own=$word ;;
        --yes | -y) yes=yes own=$word ;;
        --unsigned) unsigned=yes own=$word ;;
        --downgrade) downgrade=yes own=$word ;;
        --repair) repair=yes own=$word ;;
        --uninstall)
            [ "$task" = purge ] || task=uninstall
            own=$word
            ;;
        --purge) task=purge own=$word ;;
        --rollback) task=rollback own=$word ;;
        # What ends an upgrade that was cut off; the product calls it by itself.
        --recover) task=recover own=$word ;;
        --recover-at-boot) task=recover booting=yes own=$word ;;
        *) misused "unknown: $word" ;;
        esac
    done
    case $mode in
    --try)
        [ -z "$own" ] || misused "$own does not go with --try"
        try "$@"
        ;;
    --test)
        [ -z "$own$words$port" ] || misused "${own:-${words:---port}} does not go with --test"
        run_tests
        ;;
    *)
        [ -z "$words" ] || misused "$words goes with --try"
        server
        ;;
    esac
}

main "$@"
