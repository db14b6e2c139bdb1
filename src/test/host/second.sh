#!/bin/bash
# On a second bare host, after story.sh: what the first one left on other media and on paper is enough, and less than that is
# not. Shares: as story.sh has them.
# shellcheck source=src/test/host/holds.sh
. /share/host/holds.sh
hostname keep.example.org
paper=/carry/paper
cp $paper/anna $paper/ben $paper/first.tar.gz $paper/secret $paper/vendor.p12 .
first=$(cat $paper/first)
backup=$(cat $paper/backup)
# shellcheck source=src/test/host/street.sh
. /share/host/street.sh

echo "== restored"
unpack_made
rm -rf /root/street-java && cp -a made/rosterkeep /root/street-java
street_at 10.77.0
echo '10.77.0.2 vendor.test' >>/etc/hosts
printf '%s\n' 'server-names = rosters.example.org' 'backup-directory = /carry/backups' 'safe-directory = /carry/safe' >answers
ends 0 "the installation, from the bundle of the first server" --yes --answers answers --bundle first.tar.gz
running >/dev/null || exit 1
receiver_at $paper/vendor.pem
systemctl stop rosterkeep.service
does "every byte of the backup is as it was signed" rosterkeep backup verify "$backup"
# A copy of the safe that is older than what was decided last: everything but the newest line.
cp -r /carry/safe old-safe
ledger=$(find old-safe -type f -name erasures)
sed -i '$ d' "$ledger"
holds "with an older erasure ledger it is refused, before anything is changed" sh -c "! rosterkeep restore $backup --safe /root/old-safe --kit-file $paper/words --witness $(cat $paper/witness) >/root/said 2>&1 && ! ls -d /var/lib/rosterkeep/districts/springfield"
holds "without a safe it is refused" sh -c "mkdir -p /root/nowhere && ! rosterkeep restore $backup --safe /root/nowhere --kit-file $paper/words --dry-run"
sed 's/^[a-z]* /zebra /' $paper/words >wrong-words
holds "with other words it is refused" sh -c "! rosterkeep restore $backup --safe /carry/safe --kit-file /root/wrong-words --witness $(cat $paper/witness)"
does "a look at it changes nothing" rosterkeep restore "$backup" --safe /carry/safe --witness "$(cat $paper/witness)" --dry-run
says "1 entries of the erasure ledger would be taken again"
start=$(date +%s%N)
does "file, words and safe are enough" rosterkeep restore "$backup" --safe /carry/safe --witness "$(cat $paper/witness)" --kit-file $paper/words
echo "took: restore: $((($(date +%s%N) - start) / 1000000)) ms"
says "1 entries of the erasure ledger were taken again"
holds "all of it is the service's" test -z "$(find /var/lib/rosterkeep ! -user rosterkeep)"
does "the appliance starts" systemctl start rosterkeep.service
holds "it is running" rosterkeep status --wait 60
cp /var/lib/rosterkeep/tls/ca.pem ca.pem

echo "== paused"
holds "the district is there, and open" sh -c "rosterkeep district list | grep -q 'springfield.*open'"
holds "the vendor's client is given nothing" test "$(pulled /root/early)" != 200
does "the officers' keys are anchored for the courier" rosterkeep operator anchor --district springfield --yes
does "it is told to send" anna push now reading-push
sleep 8
holds "and nothing arrives" test "$(delivered)" = 0
holds "nor does the doctor call that well" sh -c '! rosterkeep doctor >/dev/null'

echo "== accepted"
does "one person has looked" anna restore accept --reason 'the first server burnt; rules looked through'
says "no vendor is answered before another operator does"
again=0
anna restore accept --reason 'once more' >/root/said 2>&1 || again=$?
holds "the same person once more is not two" test $again = 5
says "it takes another person"
holds "and the vendor's client is given nothing yet" test "$(pulled /root/early)" != 200
does "another person has looked" ben restore accept --reason 'looked through by a second person'
says "answers vendors again"
holds "the vendor's client is given what it was, less who was restricted after the backup" \
    sh -c "test \"$(pulled /root/pupils)\" = 200 && test $(ids pupils) = $((first - 1))"
does "it is told to send" anna push now reading-push
holds "and the delivery arrives" awaited 90 sh -c 'ls /root/taken/*.body'
does "the ledger is whole" rosterkeep ledger verify
does "and tells of what left before the backup" anna ledger person "$(cat /share/roster/somebody)"
says "reading-app"

echo "== destroyed"
printf 'purge = springfield\n' >answers
ends 0 "the district's name" --purge --yes --answers answers --certificate /root/certificate.txt
holds "no data" test ! -e /var/lib/rosterkeep
holds "no settings" test ! -e /etc/rosterkeep
holds "no program" test ! -e /opt/rosterkeep
holds "the certificate names the district" grep -q 'District: springfield' certificate.txt
holds "the backups on the other medium are not touched" test -s "$backup"
echo "== end"
echo "seconds in all: $SECONDS"
