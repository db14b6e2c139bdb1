# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: after the start. The first district and its first administrator, if the answers name them; what to
# do next, if not.

steer() { "$root/current/bin/rosterkeep" "$@"; }

first_district() {
    district=$(answer district)
    [ -n "$district" ] || return 0
    step "make the district $district" is_district make_district
    [ "$(answer unseal)" != host ] ||
        step "let this machine alone open $district by itself, by a credential that systemd keeps" is_sealed_to_host seal_to_host
    administrator=$(answer administrator)
    [ -z "$administrator" ] || step "make $administrator the first administrator of $district" is_administrator make_administrator
}

is_district() { [ -d "$data/districts/$district" ]; }
make_district() {
    set -- --country "$(answer country)" --regime "$(answer regime)"
    file=$(answer passphrase-file) legal=$(answer legal-name)
    [ -z "$legal" ] || set -- "$@" --legal-name "$legal"
    # With a passphrase it is sealed after each start, until a person gives it; with a key file it opens by itself.
    if [ -n "$file" ]; then set -- "$@" --password-file "$file"; else set -- "$@" --key-file; fi
    steer district make "$district" "$@" --quiet >/dev/null
}

way_of() { steer key way list --district "$district" --json 2>/dev/null | tr '{' '\n' | sed -n "s/.*\"way\":\"\([^\"]*\)\",\"method\":\"$1\".*/\1/p"; }
is_sealed_to_host() { [ -n "$(way_of host)" ]; }
# The key file beside the data goes, once the machine has the key; a passphrase stays.
seal_to_host() {
    steer key seal-to-host --district "$district" >/dev/null || return 1
    beside=$(way_of file)
    [ -z "$beside" ] || steer key way remove "$beside" --district "$district" --quiet >/dev/null
}

is_administrator() { steer operator list --district "$district" --json 2>/dev/null | grep -q "\"name\":\"$administrator\""; }
make_administrator() {
    steer operator make "$administrator" --role administrator --role privacy-officer --district "$district" \
        --password-file "$(answer administrator-password-file)" --quiet >/dev/null
}

farewell() {
    address=$(steer status --json 2>/dev/null | sed -n 's/.*"baseUrl":"\([^"]*\)".*/\1/p')
    say ""
    say "Rosterkeep $version is ready, after $(($(date +%s) - began)) s. Vendors reach it at"
    say "    $address"
    say "with a certificate of the authority $data/tls/ca.pem, unless you gave your own (tls-certificate-file)."
    if [ "$(answer unseal)" = host ]; then
        say "$(answer district) opens on this machine only. Make a recovery kit before anything is in it: rosterkeep key kit"
    fi
    if [ -z "$(kept_districts)" ]; then
        say ""
        say "Next, as root, here; nobody else can, and no password is preset:"
        say "    rosterkeep district make NAME --country CC --regime CODE     a district, with a passphrase of its own"
        say "    rosterkeep operator make NAME --role administrator           its first administrator, who makes the others"
        say "    man rosterkeep"
    else
        say "    rosterkeep status"
    fi
}
