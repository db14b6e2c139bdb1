#!/bin/sh
# fence.sh on|off: the host's firewall around the keep's listening socket. Packets of that socket's control group may
# only answer connections that came from outside; anything new it would begin is turned away and counted.
# The same for whatever the keep's user would open itself. Run by rosterkeep.socket, as root, each time the socket is opened: the rule is bound to the control group's id.
set -eu
PATH=/usr/sbin:/sbin:/usr/bin:/bin

off() { nft delete table inet rosterkeep_keep 2>/dev/null || :; }

case ${1:-} in
on)
    command -v nft >/dev/null 2>&1 || {
        echo "fence.sh: there is no nft; the keep has the two other fences only" >&2
        exit 0
    }
    off
    # The number of the group's level in the tree: system.slice/rosterkeep.socket is the second.
    # The group's id may have changed since the socket was made; its port has not.
    port=$(systemctl show --property=Listen rosterkeep.socket | sed -n 's/.*:\([0-9][0-9]*\) (Stream).*/\1/p' | head -n 1)
    nft -f - <<RULES || echo "fence.sh: this kernel cannot match a control group; the keep has the two other fences only" >&2
table inet rosterkeep_keep {
    counter begun { }
    chain output {
        type filter hook output priority filter - 10; policy accept;
        socket cgroupv2 level 2 "system.slice/rosterkeep.socket" ct state != { established, related } counter name begun reject with icmpx admin-prohibited
        tcp sport ${port:-0} ct state != { established, related } counter name begun reject with icmpx admin-prohibited
        meta skuid "rosterkeep" ct state != { established, related } counter name begun reject with icmpx admin-prohibited
    }
}
RULES
    ;;
off) off ;;
*)
    echo "fence.sh on|off" >&2
    exit 2
    ;;
esac
