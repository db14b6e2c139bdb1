#!/bin/bash
# On a bare host: the keep's unit, with an intruder in place of the program. Says what the intruder was allowed, first
# with every fence up, then with each fence alone. Shares: rosterkeep (the image), systemd, test-classes.
set -eu
unit=/etc/systemd/system
useradd --system --home-dir /var/lib/rosterkeep --shell /usr/sbin/nologin rosterkeep
mkdir -p /opt/rosterkeep/versions /var/lib/rosterkeep /etc/rosterkeep
cp -a /share/rosterkeep /opt/rosterkeep/versions/probed
ln -s versions/probed /opt/rosterkeep/current
cp -r /share/test-classes /opt/rosterkeep/probe
cp /share/systemd/* $unit/
echo secret >/etc/rosterkeep-other
chmod 600 /etc/rosterkeep-other
ip link set lo up

# What counts as out: a listener of the host, which notes what reaches it.
systemd-run --quiet --unit=outside --property=StandardOutput=file:/root/heard --property=StandardError=null \
    /opt/rosterkeep/current/bin/java -Xmx32m -cp /opt/rosterkeep/probe org.rosterkeep.host.Ear 9999

mkdir -p $unit/rosterkeep.service.d
as_probe() {
    printf '%s\n' '[Service]' 'Type=oneshot' 'Restart=no' 'ExecStart=' \
        'ExecStart=/opt/rosterkeep/current/bin/java -Xmx64m --enable-native-access=ALL-UNNAMED -cp /opt/rosterkeep/probe org.rosterkeep.host.Probe 127.0.0.1 9999 /var/lib/rosterkeep' \
        "$@" >$unit/rosterkeep.service.d/probe.conf
    systemctl daemon-reload
    since=$(date '+%Y-%m-%d %H:%M:%S')
    systemctl restart rosterkeep.socket
    # Somebody to accept: the intruder takes this connection over.
    (sleep 1; exec 3<>/dev/tcp/127.0.0.1/8443; timeout 8 head -n 1 <&3 >/dev/null || :) &
    : >/root/heard
    systemctl start rosterkeep.service || echo "the unit did not run"
    wait
    sleep 0.5
    journalctl --sync
    journalctl -u rosterkeep.service --since "$since" -o cat --no-pager | sed -n 's/^PROBE //p'
    journalctl -u rosterkeep.socket --since "$since" -o cat --no-pager | sed -n 's/^fence.sh: /fence: /p'
    if [ -s /root/heard ]; then echo "heard outside: YES"; else echo "heard outside: nothing"; fi
    systemctl stop rosterkeep.service rosterkeep.socket
}

# The fence stands when the socket is closed, so it is taken down by hand.
no_firewall() {
    nft delete table inet rosterkeep_keep
    mv /usr/sbin/nft /usr/sbin/nft.away
}

echo "== exposure"
systemd-analyze security --no-pager --offline=true $unit/rosterkeep.service 2>/dev/null | sed -n 's/.*exposure level for \([a-z.]*\): \([0-9.]*\).*/\1 \2/p'

echo "== every fence"
as_probe
echo "== without the system call filter"
as_probe SystemCallFilter=
echo "== without the firewall"
no_firewall
as_probe
mv /usr/sbin/nft.away /usr/sbin/nft
echo "== without the empty network and its families"
as_probe PrivateNetwork=no RestrictAddressFamilies= IPAddressDeny=
echo "== without any (the intruder can get out, so the attempts are real)"
no_firewall
as_probe PrivateNetwork=no RestrictAddressFamilies= IPAddressDeny= SystemCallFilter=
mv /usr/sbin/nft.away /usr/sbin/nft
