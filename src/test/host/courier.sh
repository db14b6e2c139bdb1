#!/bin/bash
# On a bare host: the courier's unit, first with an intruder in place of the program, then with the program itself. Says
# what the intruder reached, with every fence up and with each one down; how soon a transfer stalls when its address is
# taken off the list; and what the program found out about its own confinement. Shares: rosterkeep (the image), systemd,
# test-classes.
set -eu
unit=/etc/systemd/system
java=/opt/rosterkeep/current/bin/java
useradd --system --home-dir /var/lib/rosterkeep --shell /usr/sbin/nologin rosterkeep
useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin rosterkeep-courier
mkdir -p /opt/rosterkeep/versions /etc/rosterkeep-courier /var/lib/rosterkeep
cp -a /share/rosterkeep /opt/rosterkeep/versions/probed
ln -s versions/probed /opt/rosterkeep/current
cp -r /share/test-classes /opt/rosterkeep/probe
cp /share/systemd/rosterkeep-* $unit/
cp /share/systemd/rosterkeep.tmpfiles.conf /usr/lib/tmpfiles.d/rosterkeep.conf
systemd-tmpfiles --create rosterkeep.conf
echo secret >/etc/rosterkeep-other
chmod 600 /etc/rosterkeep-other
ip link set lo up

# The street: another network, with one host that two people signed for and one they did not.
ip netns add street
ip link add house type veth peer name street netns street
ip address add 10.77.0.1/24 dev house
ip address add fd77::1/64 dev house nodad
ip link set house up
ip -n street address add 10.77.0.2/24 dev street
ip -n street address add 10.77.0.3/24 dev street
ip -n street address add fd77::3/64 dev street nodad
ip -n street link set street up
ip -n street link set lo up
echo '10.77.0.2 vendor.test' >>/etc/hosts
systemd-run --quiet --unit=street --property=StandardOutput=append:/root/heard --property=StandardError=null \
    --property=NetworkNamespacePath=/run/netns/street \
    $java -Xmx64m -cp /opt/rosterkeep/probe org.rosterkeep.host.Street 10.77.0.2:9443 10.77.0.2:9444 10.77.0.3:9443 fd77::3:9443
systemd-run --quiet --unit=outside --property=StandardOutput=null --property=StandardError=null \
    $java -Xmx32m -cp /opt/rosterkeep/probe org.rosterkeep.host.Ear 9999
for _ in $(seq 100); do grep -q listening /root/heard 2>/dev/null && break; sleep 0.1; done

papers() {
    $java -Xmx64m -cp /opt/rosterkeep/probe org.rosterkeep.host.Notary \
        /etc/rosterkeep-courier/operators.json /run/rosterkeep-outbound/grants vendor.test:9443 >/dev/null
}

systemctl daemon-reload
systemctl start rosterkeep-canary.socket rosterkeep-egress.path
papers
systemctl start rosterkeep-egress.service || journalctl -u rosterkeep-egress.service -o cat --no-pager
echo "== list"
/opt/rosterkeep/current/bin/rosterkeep egress show | sed 's/^Made .*/Made./'
cat /run/rosterkeep-egress/addresses

mkdir -p $unit/rosterkeep-courier.service.d
as() {
    class=$1 words=$2
    shift 2
    printf '%s\n' '[Service]' 'Type=oneshot' 'Restart=no' 'ExecStart=' \
        "ExecStart=$java -Xmx64m --enable-native-access=ALL-UNNAMED -cp /opt/rosterkeep/probe org.rosterkeep.host.$class $words" \
        "$@" >$unit/rosterkeep-courier.service.d/probe.conf
    systemctl daemon-reload
    : >/root/heard
    since=$(date '+%Y-%m-%d %H:%M:%S')
    systemctl start rosterkeep-courier.service || echo "the unit did not run"
    sleep 0.5
    journalctl --sync
    journalctl -u rosterkeep-courier.service --since "$since" -o cat --no-pager | sed -n 's/^PROBE //p; s/^egress.sh: /fence: /p'
    sort -u /root/heard | sed -n 's/^heard /heard /p'
    sleep 1
}
places="10.77.0.2:9443 10.77.0.2:9444 10.77.0.3:9443 fd77::3:9443 127.0.0.1:9999 127.0.0.86:8086 ::1:9999 169.254.169.254:80"

echo "== exposure"
systemd-analyze security --no-pager --offline=true $unit/rosterkeep-courier.service 2>/dev/null |
    sed -n 's/.*exposure level for \([a-z.-]*\): \([0-9.]*\).*/\1 \2/p'

echo "== every fence"
as Errand "reach $places"
as Probe "10.77.0.3 9443"
echo "== without the firewall"
nft delete table inet rosterkeep_courier
mv /usr/sbin/nft /usr/sbin/nft.away
as Errand "reach $places"
mv /usr/sbin/nft.away /usr/sbin/nft
echo "== without the unit's filter"
# Also what the helper set in the running system.
cp -r /run/systemd/system.control /root/control 2>/dev/null || :
rm -rf /run/systemd/system.control
as Errand "reach $places" IPAddressDeny= IPAddressAllow=any
echo "== without any (the intruder can get out, so the attempts are real)"
nft delete table inet rosterkeep_courier 2>/dev/null || :
mv /usr/sbin/nft /usr/sbin/nft.away
as Errand "reach $places" IPAddressDeny= IPAddressAllow=any
mv /usr/sbin/nft.away /usr/sbin/nft
cp -r /root/control /run/systemd/system.control 2>/dev/null || :
systemctl daemon-reload

echo "== a transfer under way"
systemctl start rosterkeep-egress.service
printf '%s\n' '[Service]' 'Type=exec' 'Restart=no' 'ExecStart=' \
    "ExecStart=$java -Xmx64m -cp /opt/rosterkeep/probe org.rosterkeep.host.Errand send 10.77.0.2:9443" \
    >$unit/rosterkeep-courier.service.d/probe.conf
systemctl daemon-reload
: >/root/heard
systemctl start rosterkeep-courier.service
sleep 3
grep -c '^bytes' /root/heard | sed 's/^[1-9][0-9]*$/running/'
gone=$(date +%s%3N)
rm /run/rosterkeep-outbound/grants/vendor.test.json
sleep 6
last=$(grep '^bytes' /root/heard | tail -n 1 | cut -d ' ' -f 3)
echo "stalled after $((last - gone)) ms"
cat /run/rosterkeep-egress/addresses
systemctl stop rosterkeep-courier.service || :

echo "== the program itself"
rm $unit/rosterkeep-courier.service.d/probe.conf
systemctl daemon-reload
papers
systemctl start rosterkeep-egress.service
itself() {
    since=$(date '+%Y-%m-%d %H:%M:%S')
    systemctl start rosterkeep-courier.service
    sleep 6
    journalctl --sync
    systemctl is-active rosterkeep-courier.service || :
    journalctl -u rosterkeep-courier.service --since "$since" -o cat --no-pager | sed -n 's/.*"found":"\([A-Z_]*\)".*/found \1/p' | tail -n 1
    grep -h '^VmRSS' "/proc/$(systemctl show -P MainPID rosterkeep-courier.service)/status" | awk '{ print "memory " int($2 / 1024) " MB" }'
    systemctl stop rosterkeep-courier.service
    sleep 1
}
itself
echo "== the program itself, and nothing keeps it in"
mv /usr/sbin/nft /usr/sbin/nft.away
nft.away delete table inet rosterkeep_courier 2>/dev/null || :
printf '%s\n' '[Service]' 'IPAddressDeny=' 'IPAddressAllow=any' >$unit/rosterkeep-courier.service.d/open.conf
systemctl daemon-reload
itself
mv /usr/sbin/nft.away /usr/sbin/nft
