#!/bin/sh
# egress.sh on|apply|run|off: the host's side of the list of addresses that the courier may reach.
#   on      the firewall around the courier's user and control group, with the addresses of the list; before the courier
#           starts, because a rule is bound to the control group's id
#   apply   the list as it is now, into the firewall and into the unit's own filter; what is under way to an address that
#           is gone stalls at once, for no packet passes because it belongs to a connection
#   run     makes the list anew and applies it: first what is taken away, which waits for no name server, then all of it;
#           and again when a grant came or went meanwhile
#   off     no firewall
# Run as root. The list is /run/rosterkeep-egress/addresses, a line each: 4|6 ADDRESS PORT PAPERS.
set -eu
PATH=/usr/sbin:/sbin:/usr/bin:/bin
list=/run/rosterkeep-egress/addresses
grants=/run/rosterkeep-outbound/grants
unit="rosterkeep-courier.service"

# Elements of the set for family $1; nothing that is no address gets into a rule.
elements() {
    [ -r "$list" ] || return 0
    awk -v family="$1" '$1 == family && $2 ~ /^[0-9a-f.:]+$/ && $3 ~ /^[0-9]+$/ && !seen[$2, $3]++ {
        printf "%s%s . %s", (n++ ? ", " : ""), $2, $3
    }' "$list"
}

# A set with its elements, as text for nft.
set_of() {
    found=$(elements "$3")
    if [ -n "$found" ]; then found="elements = { $found }"; fi
    printf 'set %s { type %s . inet_service; %s }\n' "$1" "$2" "$found"
}

firewall() {
    command -v nft >/dev/null 2>&1 || {
        echo "egress.sh: there is no nft; the courier has the unit's own filter only" >&2
        return 0
    }
    # Replaced in one step, so that there is no moment without it.
    {
        echo 'table inet rosterkeep_courier { }'
        echo 'delete table inet rosterkeep_courier'
        echo 'table inet rosterkeep_courier {'
        echo 'counter stopped { }'
        set_of reach4 ipv4_addr 4
        set_of reach6 ipv6_addr 6
        cat <<'RULES'
    chain listed {
        ip daddr . tcp dport @reach4 accept
        ip6 daddr . tcp dport @reach6 accept
        counter name stopped reject with icmpx admin-prohibited
    }
    chain output {
        type filter hook output priority filter - 10; policy accept;
        meta skuid "rosterkeep-courier" goto listed
    }
}
RULES
    } | nft -f -
    # And by the control group, at the second level of the tree. By itself, because a group that cannot be found makes nft
    # refuse everything it was given.
    nft add rule inet rosterkeep_courier output socket cgroupv2 level 2 "\"system.slice/$unit\"" goto listed 2>/dev/null ||
        echo "egress.sh: no rule by control group here; the one by user stands" >&2
}

filter() {
    [ -r "$list" ] || return 0
    allowed=$(awk '$2 ~ /^[0-9a-f.:]+$/ { print $2 }' "$list" | sort -u | tr '\n' ' ')
    systemctl set-property --runtime "$unit" IPAddressAllow= "IPAddressAllow=$allowed"
}

# Takes off what no paper names any more, going by the papers' names alone: that waits for no program to start.
gone() {
    [ -r "$list" ] || return 0
    set -f
    while read -r family address port papers; do
        wanted=
        for paper in ${papers:--}; do
            if [ "$paper" = - ] || [ -e "$grants/$paper" ]; then wanted=yes; fi
        done
        if [ -n "$wanted" ]; then echo "$family $address $port $papers"; fi
    done <"$list" >"$list.part"
    if [ "$(cat "$list.part")" = "$(cat "$list")" ]; then
        rm "$list.part"
        return 0
    fi
    chmod 644 "$list.part"
    mv "$list.part" "$list"
    firewall
}

verb=${1:-}
[ -z "$verb" ] || shift
case $verb in
on) firewall ;;
apply)
    firewall
    filter
    ;;
run)
    rosterkeep=$(dirname "$0")/../../bin/rosterkeep
    gone
    before=
    until [ "$before" = "$(stat -c %y "$grants" 2>/dev/null)" ] && [ -n "$before" ]; do
        before=$(stat -c %y "$grants" 2>/dev/null || echo none)
        "$rosterkeep" egress --narrow --quiet >/dev/null
        "$0" apply
        "$rosterkeep" egress --canary "${1:?where is the canary?}"
        "$0" apply
        [ "$before" != none ] || break
    done
    ;;
off) nft delete table inet rosterkeep_courier 2>/dev/null || : ;;
*)
    echo "egress.sh on|apply|run ADDRESS:PORT|off" >&2
    exit 2
    ;;
esac
