# shellcheck shell=bash
# The officers of a made-up district and the vendor in the street, for story.sh and second.sh.

# anna WORD..., ben WORD...: the command as that person.
anna() { rosterkeep "$@" --operator anna --password-file /root/anna; }
ben() { rosterkeep "$@" --operator ben --password-file /root/ben; }
origin=https://rosters.example.org:8443
street() { ip netns exec street curl -s --cacert /root/ca.pem --max-time 100 --resolve rosters.example.org:8443:10.77.0.1 "$@"; }
token() {
    street -u "reading-app:$(cat /root/secret)" -d grant_type=client_credentials \
        -d scope=https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly $origin/ims/oneroster/token |
        sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p'
}
# pulled FILE: what the vendor is given of pupils, one page.
pulled() {
    : >"$1"
    street -o "$1" -w '%{http_code}' -H "Authorization: Bearer $(token)" "$origin/ims/oneroster/rostering/v1p2/students?limit=1000"
}
# How many pupils a page gives; who is not given any more is in it as one to be deleted, without a name.
ids() { grep -o '"status" *: *"active"' "$1" | wc -l; }
delivered() { find /root/taken -name '*.body' | wc -l; }
# receiver_at CERTIFICATE: the vendor's server in the street, with vendor.p12; the courier is told its authority.
receiver_at() {
    mkdir -p /etc/rosterkeep-courier && cp "$1" /etc/rosterkeep-courier/authorities.pem
    cp -r /share/probe /opt/probe
    # It outlives the appliance's versions, so its Java does too.
    [ -e /root/street-java ] || cp -a made/rosterkeep /root/street-java
    systemd-run --quiet --unit=vendor --property=NetworkNamespacePath=/run/netns/street \
        /root/street-java/bin/java -Xmx64m -cp /opt/probe org.rosterkeep.host.Taker 10.77.0.2 9443 /root/vendor.p12 made-up /root/taken
    awaited 20 test -e /root/taken/listening || bad "the receiver listens"
    systemctl restart rosterkeep-courier
}
