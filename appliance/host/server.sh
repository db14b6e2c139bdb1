# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: puts a version onto a server, or a newer one in its place. Each step looks first whether there is
# anything to do, so that a second run changes nothing, and one that was cut off is finished by the next.

root=/opt/rosterkeep
data=/var/lib/rosterkeep
etc=/etc/rosterkeep
units=/etc/systemd/system
local=/usr/local
steps=0 previous='' arrived=no

# step SENTENCE CHECK DO [WORD ...]: DO unless CHECK says that it is done; --dry-run says what it would be.
step() {
    sentence=$1 check=$2 act=$3
    shift 3
    ! "$check" "$@" || return 0
    steps=$((steps + 1))
    point
    if [ "$dry" = yes ]; then
        say "  would $sentence"
    else
        say "  $sentence"
        "$act" "$@" || undo "could not $sentence"
    fi
}

take_lock() {
    exec 9>/run/rosterkeep-install.lock
    ! have flock || flock -w 60 9 || fail "another install.sh is at work here"
}

install_here() {
    if [ "$dry" != yes ] && [ "$(id -u)" = 0 ]; then
        take_lock
        recover_here
    fi
    look_around
    check_answers
    check_certificate
    know_versions
    if [ "$no_start" = yes ] && is_takeover; then misused "--no-start does not go with an upgrade: whether the new version is sound is seen when it runs"; fi
    steps=0
    if [ "$dry" = yes ]; then
        say "This is what would be done:"
    elif [ -z "$previous" ] || [ "$previous" != "$target" ]; then
        confirm "Install Rosterkeep $version here?"
    fi
    if [ "$dry" != yes ]; then
        trap 'undo "interrupted"' INT TERM HUP
        began=$(date +%s)
    fi
    # From here on, a failure leaves what was there before.
    arrived=yes
    port_before=$now
    [ ! -f "$etc/rosterkeep.conf" ] || cp "$etc/rosterkeep.conf" "$work/rosterkeep.conf.before"
    ! is_takeover || step "write down in $aside what is about to change" never begin_upgrade
    prepare
    settle
    if [ "$dry" = yes ]; then
        [ "$steps" -gt 0 ] || say "  nothing: it is installed and as it should be"
    elif [ "$steps" = 0 ]; then
        say "Rosterkeep $version is already installed; nothing was changed."
        train
        [ "$no_start" = yes ] || is_ready || fail "it is installed, and does not answer; see: systemctl status rosterkeep, journalctl -u rosterkeep"
    else
        train
        if [ "$no_start" = yes ]; then say "Rosterkeep $version is in its place and not started: systemctl start rosterkeep"; else farewell; fi
    fi
}

# Which version is here and which would be: sets version, target (its folder), previous (the folder in use) and comes
# to a refusal where a person has to say what is meant.
know_versions() {
    version=$(released version)
    target=$root/versions/$version
    [ ! -e "$root/current" ] || previous=$(readlink -f "$root/current")
    [ -n "$previous" ] || return 0
    if cmp -s "$previous/SHA256SUMS" "$work/SHA256SUMS"; then
        target=$previous
        return 0
    fi
    there=$(sed -n 's/^version = //p' "$previous/share/release")
    if [ "$there" = "$version" ]; then
        [ "$repair" = yes ] || misused "another build of $version is installed; --repair puts this one in its place"
        target=$root/versions/$version.$(sha256sum <"$work/SHA256SUMS" | cut -c 1-8)
    elif older_than "$version" "$there"; then
        [ "$downgrade" = yes ] || misused "$there is installed, and $version is older: it may not understand the data; --downgrade if it is meant"
    fi
    say "Installed is $there; this is $version."
}

# Everything that disturbs nobody: users, folders, the version beside the one in use, the settings.
prepare() {
    cat "$share"/systemd/*.service | sed -n 's/^User=//p' | sort -u >"$work/users"
    while read -r user; do
        step "make the user $user, who cannot log in" is_user make_user "$user"
    done <"$work/users"
    step "unpack $version into $target" is_unpacked unpack_version
    step "make $data, for rosterkeep alone" is_home make_home
    copy_certificate
    draft_settings
    for setting in $(settings_keys); do
        value=$(wanted "$setting")
        [ -z "$value" ] || step "set $setting = $value" is_set set_one "$setting" "$value"
    done
    step "write the settings, $etc/rosterkeep.conf" is_configured write_settings
    [ "$dry" = yes ] || [ "$target" = "$previous" ] || check_settings "$etc/rosterkeep.conf" || undo "the new version does not take the settings"
}

is_user() { getent passwd "$1" >/dev/null; }
make_user() {
    case $1 in rosterkeep) lives=$data ;; *) lives=/nonexistent ;; esac
    useradd --system --home-dir "$lives" --no-create-home --shell /usr/sbin/nologin "$1" || return 1
    made_users="${made_users:-} $1"
}

is_home() { [ -d "$data" ] && [ "$(stat -c '%U %a' "$data")" = "rosterkeep 700" ]; }
make_home() {
    [ -d "$data" ] || made_home=yes
    install -d -m 0700 -o rosterkeep -g rosterkeep "$data"
}

# Every file as the list of digests says, which was checked against the bundle.
is_unpacked() {
    cmp -s "$target/SHA256SUMS" "$work/SHA256SUMS" && (cd "$target" && sha256sum -c --quiet --strict SHA256SUMS >/dev/null 2>&1)
}

unpack_version() {
    rm -rf "$target.tmp"
    mkdir -p "$root/versions" "$target.tmp" && chmod 700 "$target.tmp" || return 1
    # By the list once more: what is installed is what was looked at, even if the bundle was changed since.
    tar -xzf "$bundle" -C "$target.tmp" --strip-components=1 --no-same-owner && cmp -s "$target.tmp/SHA256SUMS" "$work/SHA256SUMS" || return 1
    (cd "$target.tmp" && sha256sum -c --quiet --strict SHA256SUMS >/dev/null) || return 1
    [ "$(find "$target.tmp" ! -type d ! -name 'SHA256SUMS*' | wc -l)" = "$(wc -l <"$work/SHA256SUMS")" ] || return 1
    chmod 755 "$target.tmp"
    ! have restorecon || restorecon -R "$root" 2>/dev/null || :
    sync
    # One that was damaged makes room; it cannot be the one we go back to.
    rm -rf "$target"
    mv "$target.tmp" "$target"
    fresh=yes
}

# ---- Settings ------------------------------------------------------------------------------------------------------

# The settings as they are, or as they come, in a file of ours; what is answered is put into it.
draft_settings() {
    if [ -f "$etc/rosterkeep.conf" ]; then
        cp "$etc/rosterkeep.conf" "$work/draft"
    else
        first_settings=yes
        {
            echo "# Rosterkeep's settings: key = value. After a change: systemctl restart rosterkeep"
            echo "# Whether they are sound: rosterkeep paths --check $etc/rosterkeep.conf"
            echo
            cat "$share/rosterkeep.conf"
        } >"$work/draft"
    fi
}

# What key $1 of the settings should be: as answered; at a first installation what a server needs.
wanted() {
    told=$(answer "$1")
    case $1 in
    tls-certificate-file) [ -z "$tls_cert" ] || told=$etc/tls/certificate.pem ;;
    tls-key-file) [ -z "$tls_key" ] || told=$etc/tls/key.pem ;;
    listen-address) [ -n "$told" ] || [ "${first_settings:-no}" = no ] || told=0.0.0.0 ;;
    server-names)
        told=${name:-${told:-$(answer hostname)}}
        [ -n "$told" ] || [ "${first_settings:-no}" = no ] || told=$(cat /proc/sys/kernel/hostname)
        ;;
    esac
    echo "$told"
}

is_set() { grep -q -x -F "$1 = $2" "$work/draft"; }
set_one() {
    awk -v key="$1" -v value="$2" '
        { line = $0; sub(/^#[ \t]*/, "", line); word = line; sub(/[ \t]*=.*/, "", word) }
        word == key && line ~ /=/ && !done { print key " = " value; done = 1; next }
        word == key && $0 !~ /^#/ { next }
        { print }
        END { if (!done) print key " = " value }' "$work/draft" >"$work/redrafted" && mv "$work/redrafted" "$work/draft"
}

is_configured() { cmp -s "$work/draft" "$etc/rosterkeep.conf"; }
write_settings() {
    [ -d "$etc" ] || made_etc=yes
    install -d -m 0750 -o root -g rosterkeep "$etc" &&
        install -m 0640 -o root -g rosterkeep "$work/draft" "$etc/rosterkeep.conf.new" &&
        check_settings "$etc/rosterkeep.conf.new" && mv "$etc/rosterkeep.conf.new" "$etc/rosterkeep.conf" && restart=yes
}

# As the service will read them, and as its user: a start that cannot be is not tried.
check_settings() {
    checked=0
    runuser -u rosterkeep -- "$target/bin/rosterkeep" paths --check "$1" >/dev/null 2>"$work/why" || checked=$?
    [ "$checked" != 0 ] || return 0
    while read -r line; do complain "$line"; done <"$work/why"
    [ "$checked" != 2 ] || failed_as=2
    return 1
}
