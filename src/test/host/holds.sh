# shellcheck shell=bash disable=SC2034
# What the scripts of src/test/host that install the product have in common. They say a line for each thing that should
# hold, "ok: ..." or "NOT OK: ...". The bundle in /share/target is taken through a life of its own: signed, raised to newer
# versions, broken, damaged.
units=/etc/systemd/system
cd /root || exit 1
ip link set lo up

ok() { echo "ok: $1"; }
bad() {
    echo "NOT OK: $1"
    sed 's/^/    /' /root/said 2>/dev/null
}
# holds SENTENCE COMMAND...
holds() {
    local sentence=$1
    shift
    if "$@" >/dev/null 2>&1; then ok "$sentence"; else bad "$sentence"; fi
}
# does SENTENCE COMMAND...: the command ends well; what it said is in /root/said.
does() {
    local sentence=$1
    shift
    if "$@" </dev/null >/root/said 2>&1; then ok "$sentence"; else bad "$sentence: exit code $?"; fi
}
# ends CODE SENTENCE WORD...: install.sh with these words ends with this code; what it said is in /root/said.
ends() {
    local code=$1 sentence=$2 got=0
    shift 2
    sh ./install.sh "$@" </dev/null >/root/said 2>&1 || got=$?
    if [ "$got" = "$code" ]; then ok "$sentence (exit code $code)"; else bad "$sentence: exit code $got, not $code"; fi
}
says() { holds "it says: $1" grep -q -F -- "$1" /root/said; }
# awaited SECONDS COMMAND...
awaited() {
    local until=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.3
    done
}
running() { /opt/rosterkeep/current/bin/rosterkeep status --json; }
pid() { systemctl show --property=MainPID --value rosterkeep.service; }

# unpack_made: the bundle, to be changed, in made; and its install.sh here.
unpack_made() {
    mkdir made
    tar -xzf "$(ls /share/target/rosterkeep-*-linux-"$(uname -m)".tar.gz)" -C made
    cp made/rosterkeep/install.sh .
    rm -rf made/rosterkeep/legal
    # Start-up caches would be made beside each installation; here they come along, from the same machine.
    cp /share/target/rosterkeep/lib/app/*.aot made/rosterkeep/lib/app/
}
# make NAME VERSION KEY: a bundle of what lies in made, with another number, signed as a release is.
make() {
    sed -i "s/^version = .*/version = $2/" made/rosterkeep/share/release
    openssl pkey -in "$3" -pubout -out made/rosterkeep/share/release.pem 2>/dev/null
    (cd made/rosterkeep && find . -type f ! -name 'SHA256SUMS*' -exec sha256sum {} + | sed 's|  \./|  |' | LC_ALL=C sort -k 2 >SHA256SUMS &&
        openssl pkeyutl -sign -rawin -inkey "$3" -in SHA256SUMS -out SHA256SUMS.sig)
    (cd made && { echo rosterkeep/SHA256SUMS; echo rosterkeep/SHA256SUMS.sig; find rosterkeep -mindepth 1 ! -name 'SHA256SUMS*'; } |
        tar --no-recursion --owner=0 --group=0 --verbatim-files-from -T - -cf - | gzip -n -1) >"$1"
}
# A street: another network, joined to this host at ADDRESS/24; its own end is the next address.
street_at() {
    ip netns add street
    ip link add inside type veth peer name outside netns street
    ip address add "$1.1/24" dev inside && ip link set inside up
    ip -n street address add "$1.2/24" dev outside && ip -n street link set outside up && ip -n street link set lo up
}
