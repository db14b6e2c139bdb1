#!/bin/bash
# On a bare host that is really started twice: a district that this machine opens by itself, and what is seen of it when it
# cannot: another machine, a damaged credential, a wrong key file, a damaged database, a ledger that cannot be written. Says
# what should hold, "ok: ..." or "NOT OK: ...". Shares: rosterkeep (the image), systemd.
set -u
cd /root || exit 1
unit=/etc/systemd/system
exec 3>&1
# The second start begins the log anew.
if [ -e said ]; then cat said; fi
exec > >(tee -a said) 2>&1

holds() {
    local sentence=$1
    shift
    if "$@" >/root/why 2>&1; then echo "ok: $sentence"; else
        echo "NOT OK: $sentence"
        head -c 3000 /root/why | sed 's/^/    /'
    fi
}
rk() { /opt/rosterkeep/current/bin/rosterkeep "$@"; }
state() { rk status --wait 60 --json 2>&1 | grep -o '"district":"'"$1"'","state":"[a-z]*"' | grep -q "\"$2\""; }
why() { rk status --json | grep -q -- "$1"; }
# It runs, and was not started again and again.
stands() { systemctl is-active --quiet rosterkeep.service && [ "$(systemctl show --property=NRestarts --value rosterkeep.service)" = 0 ]; }
ready() { curl -sk --max-time 20 https://127.0.0.1:8443/health/ready | tee -a /root/why | grep -q -- "$1"; }
again() { systemctl restart rosterkeep.service && rk status --wait 60 --quiet >/dev/null; }
fails() { ! "$@"; }
way() { rk key way list --district "$1" --json | tr '{' '\n' | grep "\"method\":\"$2\"" | grep -o '"way":"[^"]*"' | cut -d '"' -f 4; }
# flip FILE AT: one bit.
flip() {
    local byte
    byte=$(od -An -tu1 -j "$2" -N 1 "$1")
    # shellcheck disable=SC2059
    printf "\\$(printf %o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

if [ ! -e started ]; then
    systemctl show --property=UserspaceTimestampMonotonic --value >started
    echo "== first start"
    systemctl --version | head -n 1
    useradd --system --home-dir /var/lib/rosterkeep --shell /usr/sbin/nologin rosterkeep
    useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin rosterkeep-courier
    mkdir -p /opt/rosterkeep/versions /etc/rosterkeep
    install -d -m 700 -o rosterkeep -g rosterkeep /var/lib/rosterkeep
    cp -a /share/rosterkeep /opt/rosterkeep/versions/one
    ln -s versions/one /opt/rosterkeep/current
    cp /share/systemd/rosterkeep.service /share/systemd/rosterkeep.socket /share/systemd/rosterkeep-credential.service $unit/
    cp /share/systemd/rosterkeep.tmpfiles.conf /etc/tmpfiles.d/rosterkeep.conf
    systemd-tmpfiles --create rosterkeep.conf
    ip link set lo up
    systemctl daemon-reload
    systemctl enable --quiet rosterkeep.socket rosterkeep.service
    systemctl start rosterkeep.socket rosterkeep.service
    echo 'quilt harbor mosaic tundra' >words
    holds "without a credential it starts" rk status --wait 60
    holds "a district is made" rk district make springfield --country US --regime US-FERPA --password-file words
    holds "the machine is given its key" rk key seal-to-host --district springfield
    cat why
    holds "only root may read the credential" test "$(stat -c '%U %a' /etc/rosterkeep-credential/rosterkeep.unseal)" = "root 600"
    holds "there are two ways" test "$(rk key way list --json | grep -o '"method":"[a-z]*"' | sort -u | wc -l)" -ge 2
    holds "the same once more is no third way" rk key seal-to-host --district springfield
    holds "and the credential was kept" test "$(rk key way list --json | grep -o '"method":"host"' | wc -l)" = 1
    sync
    systemctl --no-block reboot
    sleep 300
    exit 1
fi

ip link set lo up
echo "== second start"
holds "the machine has started anew" fails grep -q -x -F "$(systemctl show --property=UserspaceTimestampMonotonic --value)" started
holds "the district has opened by itself" state springfield open
holds "at the first try" stands
holds "it is ready" ready '"status"'
holds "what opened it is nowhere in the clear" sh -c '! ls /run/rosterkeep/* 2>/dev/null | grep -q unseal'

echo "== another machine"
mv /var/lib/systemd/credential.secret /root/secret.away
holds "it starts all the same" again
holds "at the first try" stands
holds "the district is sealed" state springfield sealed
holds "and says why" why 'did not hand over its credential'
holds "the journal says it, too" sh -c 'journalctl -u rosterkeep-credential --no-pager | grep -q "does not open"'
holds "the door says sealed" ready sealed
holds "the passphrase opens it" rk key unseal --district springfield --password-file words
holds "the machine is given a key of its own" rk key seal-to-host --district springfield
holds "it starts" again
holds "and opens by itself" state springfield open

echo "== a damaged credential"
cp -a /etc/rosterkeep-credential/rosterkeep.unseal kept
flip /etc/rosterkeep-credential/rosterkeep.unseal 60
holds "it starts all the same" again
holds "at the first try" stands
holds "the district is sealed" state springfield sealed
cp -a kept /etc/rosterkeep-credential/rosterkeep.unseal
holds "the whole one opens it again" again
holds "by itself" state springfield open

echo "== the way taken away"
holds "it is removed" rk key way remove "$(way springfield host)" --district springfield
holds "it starts" again
holds "the district is sealed" state springfield sealed
holds "the passphrase opens it" rk key unseal --district springfield --password-file words

echo "== a wrong key file"
holds "a second district, with a key file" rk district make second --country US --regime US-FERPA --key-file
home=/var/lib/rosterkeep/districts/second
cp -a $home/keys/unseal.key right
head -c 32 /dev/urandom >$home/keys/unseal.key
holds "it starts all the same" again
holds "at the first try" stands
holds "the district is sealed" state second sealed
holds "and says why" why 'does not open the district'
mv $home/keys/unseal.key gone
holds "without the key file, too" again
holds "sealed" state second sealed
holds "and says why" why 'the unsealing file is not there'
cp -a right $home/keys/unseal.key
holds "the right one opens it" again
holds "by itself" state second open

echo "== a damaged database"
systemctl stop rosterkeep.service
cp -a $home/roster.db roster.kept
for at in 16 40 100; do flip $home/roster.db $at; done
dd if=/dev/urandom of=$home/roster.db bs=512 count=4 conv=notrunc status=none
holds "it starts all the same" again
holds "at the first try" stands
holds "the district is blocked" state second blocked
holds "the other one is there" state springfield sealed
holds "the door says repair-needed" ready repair-needed
cp -a roster.kept $home/roster.db
rm -f $home/roster.db-wal $home/roster.db-shm

echo "== a ledger that cannot be written"
holds "whole again" again
holds "open" state second open
systemctl stop rosterkeep.service
mount -t tmpfs -o size=1m,mode=700,uid="$(id -u rosterkeep)",gid="$(id -g rosterkeep)" tmpfs /mnt
cp -a $home/ledger/. /mnt/
mount --bind /mnt $home/ledger
head -c 2m /dev/zero >$home/ledger/full 2>/dev/null
holds "it starts all the same" again
holds "at the first try" stands
holds "the door says ledger-blocked" ready ledger-blocked
rk status --json | grep -o '"district":"second"[^}]*' | head -c 600
echo
echo "end: reached"
sleep 0.3
