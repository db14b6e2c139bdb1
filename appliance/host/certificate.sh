# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: a certificate of the customer's own (--tls-cert, --tls-key), copied to where the service may read it.

check_certificate() {
    [ -n "$tls_cert$tls_key" ] || return 0
    if [ -z "$tls_cert" ] || [ -z "$tls_key" ]; then misused "--tls-cert and --tls-key go together"; fi
    have openssl || return 0
    public=$(openssl x509 -in "$tls_cert" -noout -pubkey 2>/dev/null) || misused "--tls-cert: $tls_cert is no certificate in PEM"
    private=$(openssl pkey -in "$tls_key" -pubout 2>/dev/null </dev/null) || misused "--tls-key: $tls_key is no private key in PEM without a password"
    [ "$public" = "$private" ] || misused "--tls-key: $tls_key is not the key of $tls_cert"
}

copy_certificate() {
    [ -n "$tls_cert" ] || return 0
    step "copy $tls_cert to $etc/tls, for rosterkeep alone" is_copied copy_one "$tls_cert" "$etc/tls/certificate.pem"
    step "copy $tls_key to $etc/tls, for rosterkeep alone" is_copied copy_one "$tls_key" "$etc/tls/key.pem"
}
is_copied() { cmp -s "$1" "$2" && [ "$(stat -c '%U %G %a' "$2")" = "root rosterkeep 640" ]; }
copy_one() {
    [ -d "$etc" ] || made_etc=yes
    install -d -m 0750 -o root -g rosterkeep "$etc" "$etc/tls" && install -m 0640 -o root -g rosterkeep "$1" "$2" && restart=yes
}
