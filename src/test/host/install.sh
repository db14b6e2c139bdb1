#!/bin/bash
# On a bare host without a network: install.sh from the first look to the last trace. Says a line for each thing that
# should hold, "ok: ..." or "NOT OK: ...". Share: target (the bundle in it). The bundle is taken through a life of its own:
# signed, raised to newer versions, broken, damaged.
set -u
bundle=$(ls /share/target/rosterkeep-*-linux-"$(uname -m)".tar.gz)
units=/etc/systemd/system
cd /root || exit 1
ip link set lo up
hostname keep.example.org

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
# ends CODE SENTENCE WORD...: install.sh with these words ends with this code; what it said is in /root/said.
ends() {
    local code=$1 sentence=$2 got=0
    shift 2
    sh ./install.sh "$@" </dev/null >/root/said 2>&1 || got=$?
    if [ "$got" = "$code" ]; then ok "$sentence (exit code $code)"; else bad "$sentence: exit code $got, not $code"; fi
}
says() { holds "it says: $1" grep -q -F -- "$1" /root/said; }
# Everything that lies on this host, with modes, owners, sizes and times, less what changes by itself.
everything() {
    find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /root -o -path /dev -o -path /talk -o -path /share \
        -o -path /var/log -o -path /var/lib/systemd -o -path /var/lib/rosterkeep -o -path /var/tmp -o -name '*.aot' -o -path '/opt/rosterkeep/versions/*/lib/app' \) -prune \
        -o -printf '%p %M %u %g %s %T@ %l\n' | sort
    getent passwd
    systemctl list-units --all --plain --no-legend 'rosterkeep*.socket' 'rosterkeep.service' 'rosterkeep-courier*'
    nft list tables
}
running() { /opt/rosterkeep/current/bin/rosterkeep status --json; }
pid() { systemctl show --property=MainPID --value rosterkeep.service; }
# From another machine, as far as the kernel is concerned.
street() { ip netns exec street curl -sk --max-time 100 -o /dev/null -w '%{http_code}' "https://10.9.9.1:${1:-9443}/springfield/status"; }

openssl genpkey -algorithm ed25519 -out ours.pem 2>/dev/null
openssl genpkey -algorithm ed25519 -out theirs.pem 2>/dev/null
mkdir made
tar -xzf "$bundle" -C made
cp made/rosterkeep/install.sh .
rm -rf made/rosterkeep/legal
# Start-up caches would be made beside each installation; here they come along, from the same machine.
cp /share/target/rosterkeep/lib/app/*.aot made/rosterkeep/lib/app/
# make NAME VERSION KEY: a bundle of what lies in made, with another number, signed as a release is.
make() {
    sed -i "s/^version = .*/version = $2/" made/rosterkeep/share/release
    openssl pkey -in "$3" -pubout -out made/rosterkeep/share/release.pem 2>/dev/null
    (cd made/rosterkeep && find . -type f ! -name 'SHA256SUMS*' -exec sha256sum {} + | sed 's|  \./|  |' | LC_ALL=C sort -k 2 >SHA256SUMS &&
        openssl pkeyutl -sign -rawin -inkey "$3" -in SHA256SUMS -out SHA256SUMS.sig)
    (cd made && { echo rosterkeep/SHA256SUMS; echo rosterkeep/SHA256SUMS.sig; find rosterkeep -mindepth 1 ! -name 'SHA256SUMS*'; } |
        tar --no-recursion --owner=0 --group=0 --verbatim-files-from -T - -cf - | gzip -n -1) >"$1"
}
make first.tar.gz 1.0.0 /root/ours.pem

echo "== a look"
everything >before
ends 0 "a dry run" --dry-run --bundle first.tar.gz
says "would make the user rosterkeep"
says "would unpack 1.0.0 into /opt/rosterkeep/versions/1.0.0"
says "would write $units/rosterkeep.service"
says "would start the services"
ends 5 "a bundle that nobody signed" --dry-run --bundle "$bundle"
says "nobody signed it"
ends 0 "the same, when it is meant" --dry-run --unsigned --bundle "$bundle"
printf 'port = 9443\nlisten-adress = 0.0.0.0\n' >answers
ends 2 "an answer that is not known" --yes --answers answers --bundle first.tar.gz
says "line 2: unknown key listen-adress, did you mean listen-address?"
ends 5 "another digest than one was told" --dry-run --bundle first.tar.gz --digest "$(sha256sum answers | cut -c 1-64)"
openssl pkey -in theirs.pem -pubout -out theirs.pub
ends 5 "a signature that is not that of the key one was given" --dry-run --bundle first.tar.gz --key theirs.pub
cp first.tar.gz flipped.tar.gz
at=$(($(stat -c %s first.tar.gz) / 2))
byte=$(od -An -tu1 -j $at -N 1 first.tar.gz)
# shellcheck disable=SC2059
printf "\\$(printf %o $((byte ^ 16)))" | dd of=flipped.tar.gz bs=1 seek=$at conv=notrunc status=none
ends 5 "one flipped bit" --yes --bundle flipped.tar.gz
says "is not what was released"
says "Nothing was changed here"
# One byte of one file, and a whole archive around it: only the list of digests knows.
cp -a made/rosterkeep/bin/rosterkeep kept
echo "# more" >>made/rosterkeep/bin/rosterkeep
(cd made && { echo rosterkeep/SHA256SUMS; echo rosterkeep/SHA256SUMS.sig; find rosterkeep -mindepth 1 ! -name 'SHA256SUMS*'; } | tar --no-recursion --verbatim-files-from -T - -czf ../changed.tar.gz)
cp -a kept made/rosterkeep/bin/rosterkeep
ends 5 "a changed program in a whole archive" --yes --bundle changed.tar.gz
says "bin/rosterkeep is not what the list of digests says"
everything >after
holds "nothing of all that changed anything" cmp before after
diff before after | head -n 5
mv /usr/bin/openssl /usr/bin/openssl.away
ends 3 "no openssl, and no digest to compare" --dry-run --bundle first.tar.gz
ends 0 "no openssl, and the digest one was told" --dry-run --bundle first.tar.gz --digest "$(sha256sum first.tar.gz | cut -c 1-64)"
mv /usr/bin/openssl.away /usr/bin/openssl

echo "after $SECONDS s"
echo "== installed"
ip netns add street
ip link add inside type veth peer name outside
ip link set outside netns street
ip addr add 10.9.9.1/24 dev inside && ip link set inside up
ip netns exec street ip addr add 10.9.9.2/24 dev outside && ip netns exec street ip link set outside up
printf '%s\n' '# what Ansible would write' 'district = springfield' 'country = US' 'regime = US-FERPA' \
    'administrator = anna' 'administrator-password-file = /root/password' 'server-names = rosters.example.org' >answers
echo 'quilt harbor mosaic tundra' >password
began=$(date +%s%N)
ends 0 "the installation" --yes --answers answers --bundle first.tar.gz
echo "took: $((($(date +%s%N) - began) / 1000000)) ms"
says "https://rosters.example.org:8443"
holds "it is running" running
holds "the port answers another machine" test "$(street 8443)" = 200
holds "the district was made, and is open" sh -c "/opt/rosterkeep/current/bin/rosterkeep district list | grep -q 'springfield.*open'"
holds "its first administrator was made" sh -c "/opt/rosterkeep/current/bin/rosterkeep operator list | grep -q 'anna.*administrator'"
holds "the data are the service's alone" test "$(stat -c '%U %G %a' /var/lib/rosterkeep)" = "rosterkeep rosterkeep 700"
holds "the settings are root's" test "$(stat -c '%U %G %a' /etc/rosterkeep/rosterkeep.conf)" = "root rosterkeep 640"
holds "the program is root's, and nobody else may write to it" test -z "$(find /opt/rosterkeep \( ! -user root -o -perm /022 \) ! -type l)"
holds "the command is on the path, and is the program" test "$(rosterkeep version --json)" = "$(/opt/rosterkeep/versions/1.0.0/bin/rosterkeep version --json)"
holds "the manual is where man looks" test -s /usr/local/share/man/man1/rosterkeep-rule.1
holds "the service starts with the machine" systemctl is-enabled rosterkeep.service rosterkeep.socket
holds "the firewall's fence stands" nft list table inet rosterkeep_keep
holds "no password is in what is said or running" sh -c '! grep -q tundra /root/said && ! journalctl --no-pager | grep -q tundra'

echo "after $SECONDS s"
echo "== again"
everything >before
was=$(pid)
ends 0 "the same once more" --yes --answers answers --bundle first.tar.gz
says "already installed; nothing was changed"
everything >after
holds "nothing was changed" cmp before after
diff before after | head -n 5
holds "and nothing was started anew" test "$(pid)" = "$was"
rm $units/rosterkeep.socket
ends 0 "a unit that somebody removed comes back, and listens on another port" --yes --port 9443 --bundle first.tar.gz
holds "it is there" test -s $units/rosterkeep.socket
holds "the other port answers, and the first one no more" test "$(street 9443) $(street 8443)" = "200 000"
was=$(pid)
echo 'trial = perhaps' >wrong
ends 2 "a setting that would stop the start" --yes --bundle first.tar.gz --answers wrong
says "trial should be true or false"
holds "the settings are as they were" sh -c '! grep -q perhaps /etc/rosterkeep/rosterkeep.conf*'
holds "and it was not stopped" test "$(pid)" = "$was"

echo "after $SECONDS s"
echo "== newer"
rm made/rosterkeep/lib/app/*.aot
make newer.tar.gz 1.1.0 /root/ours.pem
make foreign.tar.gz 1.2.0 /root/theirs.pem
ends 5 "a newer one that somebody else signed" --yes --bundle foreign.tar.gz
mv /usr/bin/openssl /usr/bin/openssl.away
ends 5 "the same without openssl: the installed program knows the key" --yes --bundle foreign.tar.gz
mv /usr/bin/openssl.away /usr/bin/openssl
# Who calls meanwhile, waits.
touch calling
(
    lost=0 answered=0
    while [ -e /root/calling ]; do
        called=0
        street >/dev/null || called=$?
        if [ "$called" = 0 ]; then answered=$((answered + 1)); else lost=$((lost + 1)) && echo "lost: curl says $called"; fi
    done
    echo "$answered $lost" >/root/calls
) &
began=$(date +%s%N)
ends 0 "a newer one" --yes --bundle newer.tar.gz
echo "took: $((($(date +%s%N) - began) / 1000000)) ms"
rm calling
wait
holds "its start-up caches are being made" sh -c 'systemctl is-active rosterkeep-train.service || test -s /opt/rosterkeep/current/lib/app/serve.aot'
systemctl stop rosterkeep-train.service
holds "it is the version in use" test "$(readlink /opt/rosterkeep/current)" = versions/1.1.0
holds "it is running" running
holds "the district is still there, and open" sh -c "/opt/rosterkeep/current/bin/rosterkeep district list | grep -q 'springfield.*open'"
read -r answered lost <calls
echo "answered meanwhile: $answered, lost: $lost"
# One that was let in by the old version and not yet answered when it stopped may be cut; those after it wait.
holds "who called meanwhile waited and was answered" test "$answered" -gt 0 -a "$lost" -le 1
ends 2 "an older one" --yes --bundle first.tar.gz
says "is older"
holds "the newer one stays" test "$(readlink /opt/rosterkeep/current)" = versions/1.1.0

echo "after $SECONDS s"
echo "== broken"
sed -i 's/HEAP=768m/HEAP=none/' made/rosterkeep/share/systemd/rosterkeep.service
make broken.tar.gz 1.2.0 /root/ours.pem
ends 1 "a newer one that does not start" --yes --bundle broken.tar.gz
says "could not start the services"
says "Invalid maximum heap size"
says "1.1.0 is back in its place and answers"
holds "it is running" running
holds "the version in use is the one before" test "$(readlink /opt/rosterkeep/current)" = versions/1.1.0
holds "its units are back" cmp /opt/rosterkeep/versions/1.1.0/share/systemd/rosterkeep.service $units/rosterkeep.service
holds "nothing of the broken one stays" test ! -e /opt/rosterkeep/versions/1.2.0
holds "the port answers" test "$(street)" = 200

echo "after $SECONDS s"
echo "== away"
ends 2 "nobody is there to be asked" --uninstall
ends 0 "uninstalling" --uninstall --yes
says "/var/lib/rosterkeep stays"
holds "no program" test ! -e /opt/rosterkeep
holds "no unit" sh -c "! ls $units/rosterkeep*"
holds "no link" sh -c '! ls -d /usr/local/bin/rosterkeep /usr/local/share/man/man1/rosterkeep*'
holds "no fence" test -z "$(nft list tables | grep rosterkeep)"
holds "nobody listens" test "$(street)" != 200
holds "the keys are still there" test -s /var/lib/rosterkeep/districts/springfield/keys/unseal.key
ends 0 "uninstalling once more" --uninstall --yes
ends 0 "a new installation" --yes --port 9443 --bundle first.tar.gz
holds "finds the district" sh -c "/opt/rosterkeep/current/bin/rosterkeep district list | grep -q 'springfield.*open'"
holds "and its administrator" sh -c "/opt/rosterkeep/current/bin/rosterkeep operator list | grep -q 'anna.*administrator'"

echo "after $SECONDS s"
echo "== destroyed"
printf 'purge = shelbyville\n' >answers
ends 4 "another district's name" --purge --yes --answers answers
holds "it is running" running
printf 'purge = springfield\n' >answers
ends 0 "the district's name" --purge --yes --answers answers --certificate /root/certificate.txt
holds "no data" test ! -e /var/lib/rosterkeep
holds "no settings" test ! -e /etc/rosterkeep
holds "no program" test ! -e /opt/rosterkeep
holds "no user" sh -c '! getent passwd rosterkeep'
holds "the certificate names the district" grep -q 'District: springfield' certificate.txt
holds "and each key, before the data" sh -c "sed -n '/^Key: .*unseal.key .*destroyed/,/^Data: /p' certificate.txt | grep -q '^Data: '"
holds "and is root's alone" test "$(stat -c '%U %a' certificate.txt)" = "root 600"
cat certificate.txt

echo "after $SECONDS s"
echo "== without a service manager"
mkdir -p hidden
got=0
unshare -m sh -c 'mount --bind /root/hidden /run/systemd && sh ./install.sh --yes --bundle newer.tar.gz' >said 2>&1 || got=$?
holds "it is exit code 3" test "$got" = 3
says "./install.sh --try"
echo "== end"
echo "seconds in all: $SECONDS"
