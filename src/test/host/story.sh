#!/bin/bash
# On a bare host without a network: the whole life of one appliance, with the product's own commands, as its administrator
# and two officers would live it. Shares: target (the bundle), host (this directory), roster (a made-up delivery, CSV
# files), probe (the vendor's receiver). /carry is what is carried to the second host (second.sh): backups, the safe, what is
# on paper.
# shellcheck source=src/test/host/holds.sh
. /share/host/holds.sh
hostname keep.example.org
mkdir -p /carry/paper /root/srv
cp -r /share/roster /root/srv/roster
began() { start=$(date +%s%N); }
took() { echo "took: $1: $((($(date +%s%N) - start) / 1000000)) ms"; }

# shellcheck source=src/test/host/street.sh
. /share/host/street.sh

echo "== installed"
openssl genpkey -algorithm ed25519 -out ours.pem 2>/dev/null
unpack_made
make first.tar.gz 1.0.0 /root/ours.pem
street_at 10.77.0
echo '10.77.0.2 vendor.test' >>/etc/hosts
printf '%s\n' 'district = springfield' 'country = US' 'regime = US-FERPA' 'legal-name = Springfield Schools' \
    'administrator = anna' 'administrator-password-file = /root/anna' 'server-names = rosters.example.org' \
    'backup-directory = /carry/backups' 'safe-directory = /carry/safe' >answers
echo 'quilt harbor mosaic tundra' >anna
echo 'pebble lantern orchid summit' >ben
began
ends 0 "the installation" --yes --answers answers --bundle first.tar.gz
took installation
says "https://rosters.example.org:8443"
running >/dev/null || exit 1
holds "it is running" running
does "the administrator makes a second officer" rosterkeep operator make ben --role approver --role privacy-officer \
    --password-file /root/ben --operator anna --operator-password-file /root/anna
does "the officers' keys are anchored for the courier" rosterkeep operator anchor --district springfield --yes
cp /var/lib/rosterkeep/tls/ca.pem ca.pem
holds "a stranger learns nothing" test "$(street -o /dev/null -w '%{http_code}' $origin/ims/oneroster/rostering/v1p2/students)" = 401

echo "== imported"
began
does "the delivery is imported" rosterkeep intake run /root/srv/roster
took import
students=$(awk -F, 'NR > 1 && /student/ { n++ } END { print n }' /root/srv/roster/users.csv)
rosterkeep intake list --json | grep -q . || exit 1
holds "everybody is in it" sh -c "rosterkeep status --json | grep -q '\"batch\":1'"
does "the same once more changes nothing" rosterkeep intake run /root/srv/roster
says "0 "

echo "== approved"
day() { date -u -d "$1" +%Y-%m-%dT00:00:00Z; }
school=$(cat /root/srv/roster/largest)
printf '%s' '{"id":"reading-app","name":"Reading Rocket","countries":["US"],"subProcessors":[],"securityContact":"security@vendor.test",' \
    "\"terms\":{\"version\":1,\"by\":\"Reading Rocket\",\"on\":\"$(day yesterday)\"}}" >vendor.json
printf '%s' '{"id":"reading-agreement","vendor":"reading-app","type":"LOCAL",' \
    "\"signed\":\"$(day yesterday)\",\"starts\":\"$(day yesterday)\",\"ends\":\"$(day '+365 days')\"," \
    '"clauses":["data_ownership","purpose_limit","element_schedule","no_sale","no_targeted_ads","security","breach_notice","disposal","direct_control","no_redisclosure"],' \
    '"schedule":["account.enabled","enrol.grade","name.family","name.given","org.membership","org.record","role.role"],' \
    '"document":{"name":"reading-agreement.pdf","sha256":"0000000000000000000000000000000000000000000000000000000000000000"},' \
    '"breachNoticeHours":48,"disposalDays":30}' >agreement.json
# rule ID DESTINATION MORE CLIENT
rule() {
    printf '%s' "{\"id\":\"$1\",\"vendor\":\"reading-app\",$4\"agreement\":\"reading-agreement\"," \
        '"basis":{"US-FERPA":"school_official"},"evidence":{"annual_notice":"The notice of this school year names this kind of vendor.","institutional_function":"The district would otherwise do this work itself."},' \
        "\"ids\":\"pseudonym\",\"destination\":{\"country\":\"US\"$2},\"from\":\"$(day today)\",\"until\":\"$(day '+364 days')\"," \
        '"purpose":{"code":"instruction_content","sentence":"Pupils of one school practise reading, and their teachers see how they get on."},' \
        "\"scope\":{\"orgs\":[\"$school\"],\"subOrgs\":false,\"roles\":[\"student\",\"teacher\"]}," \
        '"fields":{"user":{"givenName":"as-is","familyName":"initial","enabledUser":"as-is","roles":"as-is","grades":"as-is"},' \
        '"org":{"name":"as-is","type":"as-is"}}' \
        "$3}"
}
rule reading-names '' '' '"client":"reading-app",' >pull.json
rule reading-push ',"push":{"kind":"https-json","host":"vendor.test","port":9443,"path":"/in","internal":true}' ',"delivery":{"everyMinutes":1}' '' >push.json
does "the vendor" anna vendor put vendor.json
does "what was signed with it" anna agreement put agreement.json
does "a rule is drafted" anna rule draft pull.json
does "and put before somebody else" anna rule submit reading-names
does "the client is made" sh -c 'rosterkeep client make reading-app --rule reading-names --json --operator anna --password-file /root/anna >/root/client'
sed -n 's/.*"secret":"\([^"]*\)".*/\1/p' client >secret
holds "before it is approved nobody gets anything" test "$(pulled /root/early)" != 200
holds "its author cannot approve it" sh -c '! rosterkeep rule approve reading-names --operator anna --password-file /root/anna'
does "the other officer approves it" ben rule approve reading-names

echo "== pulled"
holds "the vendor's client is given pupils" test "$(pulled /root/pupils)" = 200
first=$(ids pupils)
expected=$(cat /root/srv/roster/pupils)
echo "pupils: $first of $students in the district, $expected in the school"
holds "those of the one school, and nobody else" test "$first" = "$expected"
name=$(cat /root/srv/roster/given)
holds "with the first names the rule gives" grep -q "\"$name\"" pupils
holds "and no e-mail address, which it does not give" sh -c '! grep -q @ /root/pupils'
holds "and no id of the source system" sh -c '! grep -q -F -f /root/srv/roster/somebody /root/pupils'
does "the ledger tells who received what about one of them" anna ledger person "$(cat /root/srv/roster/somebody)"
says "reading-app"

echo "== pushed"
openssl req -x509 -newkey rsa:2048 -nodes -keyout vendor.key -out vendor.pem -days 30 -subj /CN=vendor.test \
    -addext subjectAltName=DNS:vendor.test 2>/dev/null
openssl pkcs12 -export -inkey vendor.key -in vendor.pem -out vendor.p12 -passout pass:made-up 2>/dev/null
receiver_at vendor.pem
does "a rule that sends is drafted" anna rule draft push.json
does "put before somebody else" anna rule submit reading-push
does "and approved" ben rule approve reading-push
began
holds "a delivery arrives in the other network" awaited 90 sh -c 'ls /root/taken/*.body'
took "the first delivery"
body=$(find /root/taken -name '*.body' | head -n 1)
[ -n "$body" ] || {
    rosterkeep push list
    journalctl -u rosterkeep-courier -o cat --no-pager | tail -n 12
    exit 1
}
holds "with the first names the rule gives" grep -q "\"$name\"" "$body"
holds "and no e-mail address" sh -c "! grep -q @ $body"
holds "the courier may reach that address, for one rule" sh -c "rosterkeep egress show | grep -q 'vendor.test:9443  10.77.0.2  one rule'"
holds "the appliance knows that it arrived" awaited 20 sh -c "rosterkeep push list --json | grep -q '\"told\"'"
holds "the keep itself cannot reach it" sh -c "! runuser -u rosterkeep -- nsenter --net=/proc/$(pid)/ns/net curl -sk --max-time 3 https://10.77.0.2:9443/"

echo "== kit"
does "a recovery kit is made" sh -c 'rosterkeep key kit --json --operator anna --password-file /root/anna >/root/kit'
words=$(sed 's/.*"words":\[\([^]]*\)\].*/\1/; s/[",]/ /g' kit)
echo "$words" >/carry/paper/words
asked=$(sed 's/.*"asked":\[\([^]]*\)\].*/\1/; s/,/ /g' kit)
echo "$words" | awk -v places="$asked" '{ n = split(places, at, " "); print $at[1], $at[n] }' >two-words
does "two of its words are given back" rosterkeep key kit --confirm --words-file /root/two-words --operator anna --password-file /root/anna

echo "== newer"
rm -f made/rosterkeep/lib/app/*.aot
make newer.tar.gz 1.1.0 /root/ours.pem
# Who calls meanwhile, waits.
touch calling
(
    lost=0 answered=0
    while [ -e /root/calling ]; do
        called=0
        street -o /dev/null $origin/status || called=$?
        if [ "$called" = 0 ]; then answered=$((answered + 1)); else lost=$((lost + 1)) && echo "lost: curl says $called"; fi
    done
    echo "$answered $lost" >/root/calls
) &
calling=$!
began
ends 0 "a newer one" --yes --bundle newer.tar.gz
took upgrade
says "is in /carry/backups"
rm calling
wait $calling
holds "it is the version in use" test "$(readlink /opt/rosterkeep/current)" = versions/1.1.0
read -r answered lost <calls
echo "answered meanwhile: $answered, lost: $lost"
# One that was let in by the old version and not yet answered when it stopped may be cut; those after it wait.
holds "who called meanwhile waited and was answered" test "$answered" -gt 0 -a "$lost" -le 1
systemctl stop rosterkeep-train.service
holds "the vendor's client is given the same as before" sh -c "test \"$(pulled /root/again)\" = 200 && test $(ids again) = $first"
before=$(delivered)
does "it can be told to send" anna push now reading-push
holds "and sends from the new version" awaited 90 sh -c "test \$(ls /root/taken/*.body | wc -l) -gt $before || rosterkeep push list --json | grep -q '\"courier\":true'"

echo "== broken"
sed -i 's/HEAP=768m/HEAP=none/' made/rosterkeep/share/systemd/rosterkeep.service
make broken.tar.gz 1.2.0 /root/ours.pem
began
ends 1 "a newer one that does not start" --yes --bundle broken.tar.gz
took "failed upgrade, and back"
says "1.1.0 is back in its place and answers"
holds "the version in use is the one before" test "$(readlink /opt/rosterkeep/current)" = versions/1.1.0
holds "nothing of the broken one stays" test ! -e /opt/rosterkeep/versions/1.2.0
holds "the vendor's client is given the same as before" sh -c "test \"$(pulled /root/again)\" = 200 && test $(ids again) = $first"

echo "== backed up"
began
does "a backup is made, on another medium" rosterkeep backup make
took backup
does "and practised with" rosterkeep backup drill
says "its numbers and the ledger's head are right"
holds "it is there, sealed" sh -c '! grep -q -a sourcedId /carry/backups/*.rkb'
# Upgrades made some before it; their names begin with when.
printf '%s\n' /carry/backups/*.rkb | tail -n 1 >/carry/paper/backup
somebody=$(cat /root/srv/roster/somebody)
does "then one of the pupils is restricted" anna person restrict "$somebody" --reason 'accuracy is being checked'
holds "the vendor's client is answered" test "$(pulled /root/fewer)" = 200
echo "pupils: $(ids fewer)"
holds "and is not given who was restricted" test "$(ids fewer)" = $((first - 1))
holds "but told to delete them, without a name" test "$(grep -c '"status" *: *"tobedeleted"' fewer)" = 1 -a "$(grep -o '"givenName" *: *"Withheld"' fewer | wc -l)" = 1
rosterkeep backup list --json | sed 's/.*"witness":"\([^"]*\)".*/\1/' >/carry/paper/witness
cp secret /carry/paper/secret
cp anna ben ours.pem first.tar.gz vendor.pem vendor.p12 /carry/paper/
echo "$first" >/carry/paper/first

echo "== away"
ends 2 "nobody is there to be asked" --uninstall
ends 0 "uninstalling" --uninstall --yes
says "/var/lib/rosterkeep stays"
holds "no program" test ! -e /opt/rosterkeep
holds "no unit" sh -c "! ls -d $units/rosterkeep*"
holds "no link" sh -c '! ls -d /usr/local/bin/rosterkeep /usr/local/share/man/man1/rosterkeep*'
holds "no fence" test -z "$(nft list tables | grep rosterkeep)"
holds "nobody listens" test "$(street -o /dev/null -w '%{http_code}' $origin/status)" = 000
holds "the keys are still there" test -s /var/lib/rosterkeep/districts/springfield/keys/unseal.key
ends 0 "uninstalling once more" --uninstall --yes
ends 0 "a new installation" --yes --bundle first.tar.gz --answers answers
holds "finds the district" test "$(pulled /root/fewer)" = 200
holds "and the restriction" test "$(ids fewer)" = $((first - 1))
echo "== end"
echo "seconds in all: $SECONDS"
