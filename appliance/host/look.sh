# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: what this machine is, and whether it will do. Changes nothing.
# Sets nothing but lacking, the number of requirements that are not met; each says what to do.

lacking=0

fine() { say "  $1: $2"; }
lacks() {
    complain "$1"
    lacking=$((lacking + 1))
}
remark() { say "  note: $1"; }

# The value of key $1 of the bundle's own description.
released() { sed -n "s/^$1 = //p" "$share/release"; }

# Free kilobytes where $1 is, or will be.
free_in() {
    place=$1
    while [ ! -d "$place" ]; do place=$(dirname "$place"); done
    df -Pk "$place" | awk 'NR == 2 { print $4 }'
}

# Whether somebody listens on TCP port $1 of this machine. Straight from the kernel: neither ss nor netstat need be here.
port_taken() {
    hex=$(printf '%04X' "$1")
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port="$hex" '$4 == "0A" { n = split($2, a, ":"); if (a[n] == port) found = 1 } END { exit !found }'
}

# The options of the file system that $1 lies in.
mounted_with() { awk -v place="$1/" '{ at = $2 == "/" ? "/" : $2 "/"; if (index(place, at) == 1 && length(at) >= best) { best = length(at); with = $4 } } END { print with }' /proc/self/mounts; }

look_around() {
    say "Looking at this machine ..."
    [ "$(id -u)" = 0 ] || lacks "it takes root: sudo $0"
    case $(uname -m) in
    "$(released machine)") fine processor "$(uname -m)" ;;
    *) lacks "the bundle is for $(released machine), and this is $(uname -m); get the bundle for $(uname -m)" ;;
    esac
    look_at_system
    look_at_room
    look_at_port
    look_at_clock
    look_at_guards
    if [ "$lacking" -gt 0 ]; then
        complain "nothing was changed"
        exit 3
    fi
}

look_at_system() {
    libc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //')
    if [ -z "$libc" ]; then
        lacks "this system's C library is not glibc, and the program needs glibc $(released glibc) or newer"
    elif older_than "$libc" "$(released glibc)"; then
        lacks "glibc is $libc, and the program needs $(released glibc) or newer: a newer release of this system has it"
    else
        fine glibc "$libc"
    fi
    manager=$(systemctl --version 2>/dev/null | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
    if [ "${manager:-0}" -lt 239 ]; then
        lacks "systemd is ${manager:-unknown}, and the services need 239 or newer"
    else
        fine systemd "$manager"
        [ "$(answer unseal)" != host ] || [ "$manager" -ge 252 ] ||
            lacks "systemd is $manager, and unseal = host needs 252 or newer"
        [ "$manager" -ge 247 ] || remark "systemd $manager cannot hide other processes from the services (247 can)"
        [ "$manager" -ge 248 ] || remark "systemd $manager cannot say which programs the services may run (248 can)"
        [ "$manager" -ge 257 ] || remark "systemd $manager cannot give the services their own process numbers (257 can)"
    fi
    for tool in useradd runuser sha256sum sync awk; do
        have "$tool" || lacks "there is no $tool; install the package that has it (shadow, util-linux, coreutils or gawk)"
    done
}

look_at_room() {
    memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
    if [ "$memory" -lt 950 ]; then
        lacks "there are $memory MiB of memory; give the machine 1 GiB or more"
    else
        fine memory "$memory MiB"
    fi
    [ "$(free_in "$root")" -ge 614400 ] ||
        lacks "in $root there are $(($(free_in "$root") / 1024)) MiB free; a version with its caches takes 600"
    look_at_heap
    kept=0
    [ ! -d "$data" ] || kept=$(du -sk "$data" | cut -f 1)
    need=5242880
    if [ "$((kept * 3))" -gt "$need" ]; then need=$((kept * 3)); fi
    if [ "$(free_in "$data")" -lt "$need" ]; then
        lacks "for $data there are $(($(free_in "$data") / 1048576)) GiB free; make room for $((need / 1048576)), or mount a larger disk there"
    else
        fine "room for data" "$(($(free_in "$data") / 1048576)) GiB in $data"
    fi
    case ,$(mounted_with "$root"), in
    *,noexec,*) lacks "$root lies on a file system that is mounted noexec; mount it exec, or mount another one there" ;;
    esac
}

look_at_port() {
    now=$(systemctl show --property=Listen rosterkeep.socket 2>/dev/null | sed -n 's/.*:\([0-9]*\) (Stream).*/\1/p' | head -n 1)
    port=${port:-$(answer port)}
    # Nothing said: the one it has, else the unit's own.
    port=${port:-${now:-8443}}
    case $port in *[!0-9]*) misused "port in $answers is no number" ;; esac
    if [ "$port" != "$now" ] && port_taken "$port"; then
        lacks "another program listens on port $port; stop it, or choose another port with --port N"
    else
        fine port "$port"
    fi
}

look_at_clock() {
    built=$(date -u -d "$(released built)" +%s 2>/dev/null) || built=0
    if [ "$(date -u +%s)" -lt "$built" ]; then
        lacks "the clock says $(date -u +%Y-%m-%d), and this was released later; set it (timedatectl), or no deadline is kept"
    fi
    case $(timedatectl show --property=NTPSynchronized --value 2>/dev/null) in
    yes) fine clock synchronised ;;
    *) remark "the clock is not synchronised; deadlines and the ledger's times need it (timedatectl set-ntp true)" ;;
    esac
}

look_at_guards() {
    have nft || remark "there is no nft (package nftables): the firewall's fence is missing, the two other fences stand"
    if have getenforce; then fine SELinux "$(getenforce)"; fi
    if [ "$(cat /proc/sys/crypto/fips_enabled 2>/dev/null || echo 0)" = 1 ]; then
        remark "this system is in FIPS mode; the program's own cryptography is not a certified module"
    fi
    # What a person has to open is theirs to open.
    if have firewall-cmd && firewall-cmd --state >/dev/null 2>&1; then
        remark "firewalld is on; let vendors in with: firewall-cmd --permanent --add-port=$port/tcp && firewall-cmd --reload"
    elif have ufw && ufw status 2>/dev/null | grep -q '^Status: active'; then
        remark "ufw is on; let vendors in with: ufw allow $port/tcp"
    fi
}

# Whether version $1 comes before version $2.
older_than() { [ "$1" != "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
