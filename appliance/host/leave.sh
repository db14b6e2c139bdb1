# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: away from a server. The program goes and everything kept stays, or all of it is destroyed.

need_root() { [ "$(id -u)" = 0 ] || missing "it takes root: sudo $0 --$task"; }

is_installed() { [ -d "$root" ] || [ -n "$(all_units)" ]; }

uninstall_here() {
    need_root
    if ! is_installed; then
        say "Rosterkeep is not installed here; nothing was changed."
        tell_what_stays
        return 0
    fi
    if [ "$dry" = yes ]; then
        say "This is what would be done:"
        tell_what_goes
        return 0
    fi
    tell_what_goes
    confirm "Remove Rosterkeep from this server?"
    take_away
    say "Rosterkeep is removed."
    tell_what_stays
}

tell_what_goes() {
    for unit in $(all_units); do say "  stop and remove $units/$unit"; done
    [ ! -f "$volatile" ] || say "  remove $volatile and the folders it makes in /run"
    say "  remove $root, and the links to it in $local"
    say "  remove the firewall's fence (the nft tables whose names begin with rosterkeep_)"
}

tell_what_stays() {
    [ ! -d "$data" ] || say "  $data stays: rosters, keys, rules and ledger. A new installation finds them."
    [ ! -d "$etc" ] || say "  $etc stays: the settings."
    [ ! -d "$data" ] || say "  To destroy them: install.sh --purge"
}

# Everything but data, settings and the users whose they are.
take_away() {
    systemctl stop rosterkeep-train.service 2>/dev/null || :
    for unit in $(all_units); do
        systemctl disable --now --quiet "$unit" 2>/dev/null || :
        rm -rf "${units:?}/$unit" "$units/$unit.d"
    done
    systemctl daemon-reload
    systemctl reset-failed 'rosterkeep*' 2>/dev/null || :
    if have nft; then
        nft list tables 2>/dev/null | sed -n 's/^table \([a-z0-9]* rosterkeep_[a-z_]*\)$/\1/p' | while read -r table; do
            # shellcheck disable=SC2086
            nft delete table $table || :
        done
    fi
    for link in "$local/bin/rosterkeep" "$local/share/bash-completion/completions/rosterkeep" "$local/share/zsh/site-functions/_rosterkeep" \
        "$local/share/fish/vendor_completions.d/rosterkeep.fish" "$local"/share/man/man1/rosterkeep*.1; do
        case $(readlink "$link") in "$root"/*) rm -f "$link" ;; esac
    done
    rm -f "$volatile"
    rm -rf /run/rosterkeep-outbound /run/rosterkeep-egress /run/rosterkeep-intake \
        /run/credstore.encrypted/rosterkeep.unseal
    # Folders of the system's that we made and that nobody else uses.
    rmdir "$local/share/bash-completion/completions" "$local/share/bash-completion" \
        "$local/share/fish/vendor_completions.d" "$local/share/fish" "$local/share/zsh/site-functions" "$local/share/zsh" 2>/dev/null || :
    systemctl stop 'rosterkeep-watch-*' 2>/dev/null || :
    rm -rf "${root:?}" "${aside:?}"
}

# ---- Destroying ----------------------------------------------------------------------------------------------------

# The districts that have keys here, by name, one a line.
kept_districts() { (cd "$data/districts" 2>/dev/null && ls -d -- * 2>/dev/null) | sort || :; }

purge_here() {
    need_root
    if ! is_installed && [ ! -d "$data" ] && [ ! -d "$etc" ]; then
        say "There is nothing of Rosterkeep here; nothing was changed."
        return 0
    fi
    names=$(kept_districts)
    say "This destroys, and nobody can bring it back:"
    say "  the keys in $data, then everything else in it: $(du -sh "$data" 2>/dev/null | cut -f 1)"
    for one in $names; do say "  the district $one, with its rosters, rules and its ledger"; done
    say "  $etc, $etc-courier, $etc-credential, $root, the services and their users"
    if [ "$dry" = yes ]; then return 0; fi
    ask_for_names
    certificate=${certificate:-/root/rosterkeep-destroyed-$(date -u +%Y%m%dT%H%M%SZ).txt}
    case $(readlink -f "$(dirname "$certificate")")/ in
    "$data"/* | "$etc"/* | "$root"/*) misused "--certificate: $certificate would be destroyed with the rest" ;;
    esac
    (umask 077 && certify_begin >"$certificate") || fail "cannot write the certificate $certificate; nothing was destroyed"
    stop_services
    if ! destroy_keys >>"$certificate"; then
        complain "not every key could be destroyed; see $certificate; nothing else was removed"
        exit 1
    fi
    certify_data >>"$certificate"
    rm -rf "${data:?}"/* "${data:?}"/.[!.]* 2>/dev/null || :
    rmdir "$data" 2>/dev/null || [ -z "$(ls -A "$data")" ] || fail "not everything in $data could be removed; its keys are destroyed; see $certificate"
    destroy_settings
    for unit in $(our_units service); do sed -n 's/^User=//p' "$units/$unit"; done | sort -u >"$work/users"
    echo rosterkeep >>"$work/users"
    take_away
    sort -u "$work/users" | while read -r user; do userdel "$user" 2>/dev/null || :; done
    sync
    certify_end >>"$certificate"
    say "Destroyed. The certificate is $certificate; keep it outside this machine."
}

# Each name as it is written, typed by a person or given in the answers (purge = NAME, NAME).
ask_for_names() {
    if [ -n "$answers" ]; then
        given=$(answer purge | tr ',' '\n' | sed 's/^ *//; s/ *$//' | sort)
        [ "$given" = "${names:-rosterkeep}" ] || decline "purge in $answers does not name what is here: $(echo "${names:-rosterkeep}" | paste -s -d , -)"
        return 0
    fi
    [ -t 0 ] || misused "nobody can be asked: there is no terminal; name the districts in a file, purge = NAME, and give it with --answers"
    for one in ${names:-rosterkeep}; do
        printf 'Type the name %s to destroy it: ' "$one"
        read -r word || word=
        [ "$word" = "$one" ] || decline "that is not its name"
    done
}

decline() {
    complain "$1; nothing was destroyed"
    exit 4
}

certify_begin() {
    printf '%s\n' "CERTIFICATE OF DESTRUCTION" "" \
        "Begun:    $(date -u '+%Y-%m-%d %H:%M:%S') UTC" \
        "Machine:  $(cat /proc/sys/kernel/hostname), machine-id $(cat /etc/machine-id 2>/dev/null || echo unknown)" \
        "By:       ${SUDO_USER:-$(id -un)}$([ -z "${SUDO_USER:-}" ] || echo ', by way of sudo')" \
        "Program:  Rosterkeep $(sed -n 's/^version = //p' "$root/current/share/release" 2>/dev/null || :)" ""
    for one in $names; do
        echo "District: $one"
        last=$(find "$data/districts/$one/ledger" -type f -name '*.log' 2>/dev/null | sort | tail -n 1)
        [ -z "$last" ] || echo "          the last segment of its ledger, $(basename "$last"), had SHA-256 $(sha256sum <"$last" | cut -d ' ' -f 1)"
    done
    echo
}

# The keys first, each written over and removed, so that whatever of the rest survives on the disk is noise.
destroy_keys() {
    kept=0
    find "$data" "$aside" -type d -name keys -prune 2>/dev/null | sort >"$work/keys"
    while read -r folder; do
        find "$folder" -type f >"$work/files"
        while read -r file; do
            destroy_file "$file" || kept=$((kept + 1))
        done <"$work/files"
    done <"$work/keys"
    sync
    [ "$kept" = 0 ]
}

destroy_file() {
    size=$(stat -c %s "$1")
    if { have shred && shred -n 1 -z -u "$1"; } 2>/dev/null || rm -f "$1"; then
        echo "Key:      ${1#"$data"/} ($size bytes), destroyed $(date -u +%H:%M:%S)"
    else
        echo "Key:      ${1#"$data"/} COULD NOT BE DESTROYED"
        return 1
    fi
}

certify_data() {
    echo
    echo "Data:     $(find "$data" -type f | wc -l) files, $(du -sk "$data" | cut -f 1) KiB, removed after the keys"
}

destroy_settings() {
    find "$etc" "$etc-credential" -type f \( -name '*.key' -o -name '*.unseal' \) 2>/dev/null | while read -r file; do shred -n 1 -z -u "$file" 2>/dev/null || rm -f "$file"; done
    rm -rf "${etc:?}" "${etc:?}-courier" "${etc:?}-credential"
}

certify_end() {
    printf '%s\n' "Ended:    $(date -u '+%Y-%m-%d %H:%M:%S') UTC" "" \
        "The rosters were encrypted with these keys; without them what may be left of the files on the disk cannot be read." \
        "Written over means by the file system's own way: a disk or file system that keeps old copies of a file may still" \
        "have them, and so may a snapshot. This says nothing about backups and exports that were taken to another place," \
        "nor about what vendors hold."
}
