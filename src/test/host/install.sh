#!/bin/bash
# On a bare host without a network: install.sh from the first look to the last trace. Says a line for each thing that
# should hold, "ok: ..." or "NOT OK: ...". Shares: target (the bundle in it), host (this directory).
set -u
# shellcheck source=src/test/host/holds.sh
. /share/host/holds.sh
bundle=$(ls /share/target/rosterkeep-*-linux-"$(uname -m)".tar.gz)
hostname keep.example.org

# Everything that lies on this host, with modes, owners, sizes and times, less what changes by itself.
everything() {
    find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /root -o -path /dev -o -path /talk -o -path /share \
        -o -path /var/log -o -path /var/lib/systemd -o -path /var/lib/rosterkeep -o -path /var/tmp -o -name '*.aot' -o -path '/opt/rosterkeep/versions/*/lib/app' \) -prune \
        -o -printf '%p %M %u %g %s %T@ %l\n' | sort
    getent passwd
    systemctl list-units --all --plain --no-legend 'rosterkeep*.socket' 'rosterkeep.service' 'rosterkeep-courier*'
    nft list tables
}
# From another machine, as far as the kernel is concerned.
street() { ip netns exec street curl -sk --max-time 100 -o /dev/null -w '%{http_code}' "https://10.9.9.1:${1:-9443}/springfield/status"; }

openssl genpkey -algorithm ed25519 -out ours.pem 2>/dev/null
openssl genpkey -algorithm ed25519 -out theirs.pem 2>/dev/null
unpack_made
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
street_at 10.9.9
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
echo "== another"
make older.tar.gz 0.9.0 /root/ours.pem
make foreign.tar.gz 1.2.0 /root/theirs.pem
ends 5 "a newer one that somebody else signed" --yes --bundle foreign.tar.gz
mv /usr/bin/openssl /usr/bin/openssl.away
ends 5 "the same without openssl: the installed program knows the key" --yes --bundle foreign.tar.gz
mv /usr/bin/openssl.away /usr/bin/openssl
ends 2 "an older one" --yes --bundle older.tar.gz
says "is older"
openssl req -x509 -newkey rsa:2048 -nodes -keyout own.key -out own.pem -days 30 -subj /CN=rosters.example.org \
    -addext subjectAltName=DNS:rosters.example.org 2>/dev/null
ends 2 "a certificate without its key" --yes --tls-cert own.pem --bundle first.tar.gz
ends 2 "a key that is another's" --yes --tls-cert own.pem --tls-key theirs.pem --bundle first.tar.gz
holds "none of this changed anything" test "$(readlink /opt/rosterkeep/current) $(pid)" = "versions/1.0.0 $was"
ends 0 "a certificate of one's own" --yes --tls-cert own.pem --tls-key own.key --bundle first.tar.gz
holds "is what callers are shown" sh -c "echo | ip netns exec street openssl s_client -connect 10.9.9.1:9443 2>/dev/null | openssl x509 -noout -fingerprint | grep -q -x -F '$(openssl x509 -in own.pem -noout -fingerprint)'"
holds "its key is the service's to read, and nobody else's" test "$(stat -c '%U %G %a' /etc/rosterkeep/tls/key.pem)" = "root rosterkeep 640"

echo "after $SECONDS s"
echo "== shells"
for shell in bash zsh fish; do command -v $shell >/dev/null || echo "skipped: there is no $shell here"; done
holds "bash loads the completion" bash -c 'set -e; . /usr/local/share/bash-completion/completions/rosterkeep && complete -p rosterkeep'
for one in zsh/site-functions/_rosterkeep fish/vendor_completions.d/rosterkeep.fish; do
    holds "there is one at /usr/local/share/$one" test -s "/usr/local/share/$one"
done
holds "and none of them speaks of a verb that is not there" sh -c "! grep -q rosterkeep-java /usr/local/share/zsh/site-functions/_rosterkeep"

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
unshare -m sh -c 'mount --bind /root/hidden /run/systemd && sh ./install.sh --yes --bundle first.tar.gz' >said 2>&1 || got=$?
holds "it is exit code 3" test "$got" = 3
says "./install.sh --try"
echo "== end"
echo "seconds in all: $SECONDS"
