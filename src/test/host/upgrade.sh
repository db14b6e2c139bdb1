#!/bin/bash
# On a bare host: an upgrade that is cut off at each place where it can be, one that finds no room, one whose program
# is not sound, and the way back afterwards. Shares: target (the bundle), host (this directory).
# shellcheck source=src/test/host/holds.sh
. /share/host/holds.sh
hostname keep.example.org
openssl genpkey -algorithm ed25519 -out ours.pem 2>/dev/null
unpack_made
make first.tar.gz 1.0.0 /root/ours.pem
make newer.tar.gz 1.1.0 /root/ours.pem
printf '%s\n' 'district = springfield' 'country = US' 'regime = US-FERPA' 'administrator = anna' \
    'administrator-password-file = /root/anna' >answers
echo 'quilt harbor mosaic tundra' >anna
aside=/var/lib/rosterkeep-upgrade
in_use() { readlink /opt/rosterkeep/current | sed 's|versions/||'; }
answers() {
    test "$(curl -sk --max-time 60 -o /dev/null -w '%{http_code}' https://127.0.0.1:8443/status)" = 200 &&
        rosterkeep district list 2>/dev/null | grep -q 'springfield.*open'
}
# Everything of it is one version's: the link, the units, the program that runs.
all_of() {
    test "$(in_use)" = "$1" && cmp "/opt/rosterkeep/versions/$1/share/systemd/rosterkeep.service" $units/rosterkeep.service &&
        test "$(readlink "/proc/$(pid)/exe")" = "/opt/rosterkeep/versions/$1/bin/java" && test ! -e /var/lib/rosterkeep/held
}
settled() { ! test -e $aside/journal && test -z "$(systemctl list-units --plain --no-legend 'rosterkeep-watch-*')"; }

echo "== ready"
ends 0 "the installation" --yes --answers answers --bundle first.tar.gz
running >/dev/null || exit 1
holds "it answers" answers
ends 0 "a dry run of the upgrade" --dry-run --bundle newer.tar.gz
says "would let 1.1.0 try itself on a copy of the data"
says "would start 1.1.0 and look at it before anybody is let in"
holds "and nothing was changed" test ! -e $aside

echo "== cut"
# At every place: install.sh is killed there, without a word. What watches over it ends what it left.
for ((at = 1; at < 60; at++)); do
    ROSTERKEEP_CUT_AT=$at sh ./install.sh --yes --bundle newer.tar.gz </dev/null >/root/said 2>&1
    code=$?
    [ $code = 137 ] || break
    stage=$(sed -n 's/^stage=//p' $aside/journal 2>/dev/null)
    [ "$stage" != switched ] || switched=$at
    if awaited 90 settled && awaited 60 answers && { all_of 1.0.0 || all_of 1.1.0; }; then
        ok "killed at place $at (${stage:-before anything}: $(grep '^  ' said | tail -n 1 | sed 's/^ *//')), $(in_use) runs"
    else
        bad "killed at place $at (${stage:-before anything}), and $(in_use) does not run"
    fi
    # Once people had been let in, it is the new one; the way back is the next section's.
    [ "$(in_use)" = 1.0.0 ] || break
done
echo "places: $at"
holds "there were many places" test "$at" -ge 10
holds "and at the last ones the new version stayed" test "$(in_use)" = 1.1.0
ends 0 "install.sh once more" --yes --bundle newer.tar.gz
holds "the new version runs, whole" all_of 1.1.0
holds "it answers" answers
holds "no copy of the data is left" test ! -e $aside/data

echo "== back"
does "the way back: rollback" rosterkeep rollback --yes
says "nothing is lost"
holds "the version before runs, whole" all_of 1.0.0
holds "it answers" answers
ends 0 "and forward again" --yes --bundle newer.tar.gz
cp $aside/formats kept-formats
sed -i 's/ 1$/ 0/' $aside/formats
ends 4 "a rollback to a version that cannot read the data" --rollback --yes
says "1.0.0 cannot read what is stored now"
says "What would be lost is everything since"
holds "nothing was changed" all_of 1.1.0
cp kept-formats $aside/formats

echo "== no room"
make third.tar.gz 1.2.0 /root/ours.pem
rm -rf $aside && mkdir $aside && mount -t tmpfs -o size=300k tmpfs $aside
ends 1 "an upgrade whose copy finds no room" --yes --bundle third.tar.gz
says "there is no room in"
holds "the version before runs, whole" all_of 1.1.0
holds "it answers" answers
umount $aside && rm -rf $aside

echo "== unsound"
# A program that starts and is not sound: its doctor finds what was well before.
cp -a made/rosterkeep/bin/rosterkeep kept-launcher
# shellcheck disable=SC2016
sed -i 's|^set -eu$|set -eu\ncase "$*" in "doctor --json") echo "{\\"state\\":\\"failed\\",\\"checks\\":[{\\"check\\":\\"database\\",\\"district\\":\\"springfield\\",\\"state\\":\\"failed\\"}]}"; exit 1 ;; esac|' made/rosterkeep/bin/rosterkeep
make unsound.tar.gz 1.3.0 /root/ours.pem
cp kept-launcher made/rosterkeep/bin/rosterkeep
before=$(sha256sum /var/lib/rosterkeep/districts/springfield/keys/district.keys)
ends 1 "an upgrade whose self-check fails" --yes --bundle unsound.tar.gz
says "what was well before is not now"
says "1.1.0 is back in its place and answers"
holds "the version before runs, whole" all_of 1.1.0
holds "it answers" answers
holds "the keys are as they were" test "$before" = "$(sha256sum /var/lib/rosterkeep/districts/springfield/keys/district.keys)"
# One that cannot open the data is found out before anything is stopped.
was=$(pid)
# shellcheck disable=SC2016
sed -i 's|^set -eu$|set -eu\ncase "$*" in *--before-upgrade*) echo "failed      upgrade-trial  springfield: This version cannot open a copy of it."; exit 1 ;; esac|' made/rosterkeep/bin/rosterkeep
make blind.tar.gz 1.3.0 /root/ours.pem
cp kept-launcher made/rosterkeep/bin/rosterkeep
ends 1 "an upgrade to a version that cannot open the data" --yes --bundle blind.tar.gz
says "cannot open a copy of it"
holds "it was not stopped" test "$(pid)" = "$was"
holds "the version before runs, whole" all_of 1.1.0

echo "== a larger heap"
echo HEAP=2g >/etc/rosterkeep/heap
ends 0 "the next run of install.sh" --yes --bundle newer.tar.gz
holds "raises the unit's bound" test "$(systemctl show --property=MemoryMax --value rosterkeep.service)" -gt $((2600 << 20))
holds "it answers" answers
echo HEAP=900g >/etc/rosterkeep/heap
ends 3 "a heap that the machine has not" --yes --bundle newer.tar.gz
says "lower it, or give the machine more"
rm /etc/rosterkeep/heap

echo "== power"
# The machine goes down in the middle: nobody watches, and the next start of the machine ends it.
ends 0 "the bound goes with the heap" --yes --bundle newer.tar.gz
mv /usr/bin/flock /usr/bin/flock.away
ROSTERKEEP_CUT_AT=${switched:-14} sh ./install.sh --yes --bundle third.tar.gz </dev/null >/root/said 2>&1
mv /usr/bin/flock.away /usr/bin/flock
holds "the new version was at the data" grep -q '^stage=switched' $aside/journal
echo "stage: $(sed -n 's/^stage=//p' $aside/journal 2>/dev/null)"
systemctl stop rosterkeep.service rosterkeep-courier.service
does "what the start of the machine runs before the services" systemctl start rosterkeep-upgrade.service
does "the services" systemctl start rosterkeep.service rosterkeep-courier.service
holds "the version before runs, whole" all_of 1.1.0
holds "nothing is left half-way" test ! -e $aside/journal
holds "it answers" awaited 60 answers
echo "== end"
echo "seconds in all: $SECONDS"
