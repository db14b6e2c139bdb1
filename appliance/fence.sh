#!/bin/sh
# fence.sh on|off: the host's firewall around the keep's listening socket. What leaves from its port, its user or its
# control group may only answer connections that came from outside; anything new is turned away and counted.
# Run by rosterkeep.socket, as root, each time the socket is opened, because a rule is bound to the control group's id. It
# stays when the socket is closed: who holds the socket can make systemd close it, and goes on holding it.
set -eu
PATH=/usr/sbin:/sbin:/usr/bin:/bin

off() { nft delete table inet rosterkeep_keep 2>/dev/null || :; }

case ${1:-} in
on)
    command -v nft >/dev/null 2>&1 || {
        echo "fence.sh: there is no nft; the keep has the two other fences only" >&2
        exit 0
    }
    port=$(systemctl show --property=Listen rosterkeep.socket | sed -n 's/.*:\([0-9][0-9]*\) (Stream).*/\1/p' | head -n 1)
    # By the socket's port and by the keep's user: these always hold. Replaced in one step, so that there is no moment
    # without them.
    nft -f - <<RULES
table inet rosterkeep_keep { }
delete table inet rosterkeep_keep
table inet rosterkeep_keep {
    counter begun { }
    chain output {
        type filter hook output priority filter - 10; policy accept;
        tcp sport ${port:?the socket has no port} ct state != { established, related } counter name begun reject with icmpx admin-prohibited
        meta skuid "rosterkeep" ct state != { established, related } counter name begun reject with icmpx admin-prohibited
    }
}
RULES
    # And by the control group, system.slice/rosterkeep.socket, at the second level of the tree. By itself, because a group
    # that cannot be found (it comes and goes with its processes) makes nft refuse everything it was given.
    nft add rule inet rosterkeep_keep output socket cgroupv2 level 2 '"system.slice/rosterkeep.socket"' \
        ct state != '{ established, related }' counter name '"begun"' reject with icmpx admin-prohibited 2>/dev/null ||
        echo "fence.sh: no rule by control group here; those by port and by user stand" >&2
    ;;
off) off ;;
*)
    echo "fence.sh on|off" >&2
    exit 2
    ;;
esac
