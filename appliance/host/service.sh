# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: the version in use. Links, units, the start, the wait until vendors are answered; and back to
# what was, when that does not come.

# Everything that changes which version runs.
settle() {
    blocked=0
    [ -z "$previous" ] || [ "$dry" = yes ] || blocked=$(blocked_districts)
    if is_takeover; then
        take_over
    else
        use "$target" "$share"
        use_port
        show_places
        bound_memory
        if [ "$no_start" = yes ]; then
            step "let the services start with the machine" is_enabled ready_units
        else
            step "start the services and wait until they are ready" is_running start_services
        fi
    fi
    [ "$no_start" = yes ] || first_district
    [ "$dry" = yes ] || forget_old_versions
}

use_port() {
    [ "$port" = 8443 ] || step "write $units/rosterkeep.socket.d/port.conf: port $port" is_port write_port
    [ "$port" != 8443 ] || [ ! -f "$units/rosterkeep.socket.d/port.conf" ] || step "listen on port 8443 again" is_plain_port no_port
}

# use FOLDER SHARE: makes FOLDER the version in use; what of it lies elsewhere is in SHARE.
use() {
    step "make $1 the version in use" is_current make_current "$1"
    for unit in "$2"/systemd/*; do
        case $unit in
        *.tmpfiles.conf) ;;
        *) step "write $units/$(basename "$unit")" is_unit write_unit "$unit" ;;
        esac
    done
    for unit in $(all_units); do
        [ -f "$2/systemd/$unit" ] || step "remove $units/$unit" never remove_unit "$units/$unit"
    done
    if [ -f "$2/systemd/rosterkeep.tmpfiles.conf" ]; then
        step "write $volatile: the folders in /run where keep and courier meet" \
            is_volatile write_volatile "$2/systemd/rosterkeep.tmpfiles.conf"
    elif [ -f "$volatile" ]; then
        step "remove $volatile" never rm -f "$volatile"
    fi
    step "link $local/bin/rosterkeep" is_link link "$root/current/bin/rosterkeep" "$local/bin/rosterkeep"
    step "link the completion into $local/share/bash-completion" is_link link \
        "$root/current/share/completion/rosterkeep" "$local/share/bash-completion/completions/rosterkeep"
    for one in zsh/site-functions/_rosterkeep fish/vendor_completions.d/rosterkeep.fish; do
        # A version from before there was one has none.
        [ ! -f "$2/completion/$(basename "$one")" ] || step "link the completion into $local/share/$(dirname "$one")" is_link link \
            "$root/current/share/completion/$(basename "$one")" "$local/share/$one"
    done
    step "link the manual into $local/share/man" is_manual link_manual "$2"
}

never() { return 1; }
is_link() { [ "$(readlink "$2")" = "$1" ]; }
link() { mkdir -p "$(dirname "$2")" && ln -sfn "$1" "$2.new" && mv -T "$2.new" "$2"; }
is_current() { [ "$(readlink -f "$root/current")" = "$1" ]; }
make_current() {
    link "versions/$(basename "$1")" "$root/current" && sync && restart=yes
}

volatile=/etc/tmpfiles.d/rosterkeep.conf
is_volatile() { cmp -s "$1" "$volatile" && [ -d /run/rosterkeep-outbound ] && [ -d /run/rosterkeep-intake ]; }
write_volatile() {
    mkdir -p /etc/tmpfiles.d && install -m 644 "$1" "$volatile" && systemd-tmpfiles --create "$volatile" && restart=yes
}

is_unit() { cmp -s "$1" "$units/$(basename "$1")"; }
write_unit() {
    install -m 644 "$1" "$units/$(basename "$1")" || return 1
    restart=yes
    case $1 in *.socket) reopen=yes ;; esac
}
remove_unit() {
    systemctl disable --now --quiet "$(basename "$1")" 2>/dev/null || :
    rm -f "$1"
}

is_manual() {
    for page in "$1"/man/man1/*.1; do
        is_link "$root/current/share/man/man1/$(basename "$page")" "$local/share/man/man1/$(basename "$page")" || return 1
    done
}
link_manual() {
    for page in "$1"/man/man1/*.1; do
        link "$root/current/share/man/man1/$(basename "$page")" "$local/share/man/man1/$(basename "$page")" || return 1
    done
    for page in "$local"/share/man/man1/rosterkeep*.1; do
        [ ! -L "$page" ] || [ -e "$page" ] || rm -f "$page"
    done
}

port_text() { printf '%s\n' "[Socket]" "ListenStream=" "ListenStream=0.0.0.0:$port"; }
is_port() { [ "$(cat "$units/rosterkeep.socket.d/port.conf" 2>/dev/null)" = "$(port_text)" ]; }
write_port() {
    mkdir -p "$units/rosterkeep.socket.d" && port_text >"$units/rosterkeep.socket.d/port.conf" && restart=yes reopen=yes
}
is_plain_port() { [ ! -f "$units/rosterkeep.socket.d/port.conf" ]; }
no_port() {
    rm -f "$units/rosterkeep.socket.d/port.conf" && { rmdir "$units/rosterkeep.socket.d" 2>/dev/null || :; } && restart=yes reopen=yes
}

# ---- Running -------------------------------------------------------------------------------------------------------

# Every unit of ours that is installed.
all_units() {
    (cd "$units" && ls -d rosterkeep*.service rosterkeep*.socket rosterkeep*.path rosterkeep*.timer 2>/dev/null) || :
}
# Those of one kind that are to run as long as the machine does: not what is started by another one and ends by itself.
our_units() {
    for one in $(all_units); do
        case $one in
        *@*) ;;
        *".$1") grep -q '^Type=oneshot' "$units/$one" || echo "$one" ;;
        esac
    done
}
stop_services() {
    systemctl stop rosterkeep-train.service 2>/dev/null || :
    for unit in $(our_units service); do systemctl stop "$unit" 2>/dev/null || :; done
}

is_running() {
    # What was changed counts from the next start on; in a dry run nothing was, and would have been.
    [ "${restart:-no}" = no ] && [ "${fresh:-no}" = no ] || return 1
    [ "$dry" = no ] || [ "$steps" = 0 ] || return 1
    for unit in $(our_units service) $(our_units socket); do
        systemctl is-active --quiet "$unit" || return 1
    done
}

is_enabled() { systemctl is-enabled --quiet rosterkeep.service rosterkeep.socket 2>/dev/null; }

ready_units() {
    systemctl daemon-reload || return 1
    # What ends an upgrade after a power cut runs once, at the start of the machine.
    [ ! -f "$units/rosterkeep-upgrade.service" ] || systemctl enable --quiet rosterkeep-upgrade.service 2>/dev/null || return 1
    for unit in $(our_units socket) $(our_units service) $(our_units path) $(our_units timer); do
        ! grep -q '^\[Install\]' "$units/$unit" || systemctl enable --quiet "$unit" 2>/dev/null || return 1
    done
    # The fences are made when a socket is opened. Else it stays open over the change, and who calls waits.
    if [ "${reopen:-no}" = yes ] || fences_differ; then
        stop_services
        for unit in $(our_units socket); do systemctl stop "$unit" || :; done
    fi
    reopen=no
}

start_services() {
    [ "${held_start:-no}" = yes ] || ready_units || return 1
    for unit in $(our_units socket) $(our_units service); do
        systemctl reset-failed "$unit" 2>/dev/null || :
        case ${held_start:-no}$unit in
        *.socket | yesrosterkeep.service) systemctl start "$unit" || return 1 ;;
        *) systemctl restart "$unit" || return 1 ;;
        esac
    done
    for unit in $(our_units path) $(our_units timer); do systemctl restart "$unit" || return 1; done
    await_ready "$(our_units service)" && [ "$(count_blocked <"$work/status")" -le "$blocked" ]
}

fences_differ() {
    [ -n "$previous" ] || return 1
    for fence in "$root"/current/lib/app/*fence*.sh; do
        cmp -s "$fence" "$previous/lib/app/$(basename "$fence")" || return 0
    done
    return 1
}

# The control socket is the last thing a start makes: who is answered there would be answered at the port, too.
is_ready() {
    "$root/current/bin/rosterkeep" status --home "$data" --json >/dev/null 2>&1
}
# await_ready UNITS: until it answers, and these run.
await_ready() {
    watched=$1
    until=$(($(date +%s) + patience))
    while [ "$(date +%s)" -lt "$until" ]; do
        if "$root/current/bin/rosterkeep" status --wait 3 --home "$data" --json >"$work/status" 2>/dev/null; then
            for unit in $watched; do systemctl is-active --quiet "$unit" || return 1; done
            [ "${held_start:-no}" = no ] || ! grep -q '"held":true' "$work/status" || continue
            return 0
        fi
        for unit in $watched; do
            [ "$(systemctl show --property=ActiveState --value "$unit")" != failed ] || return 1
            # It is started again and again, and comes to nothing.
            [ "$(systemctl show --property=NRestarts --value "$unit")" -lt 3 ] 2>/dev/null || return 1
        done
    done
    return 1
}

# The start-up caches are made on this machine, beside the running program and only with what nobody else wants. Without
# them the program works the same and starts more slowly.
train() {
    if [ -s "$target/lib/app/serve.aot" ] || systemctl is-active --quiet rosterkeep-train.service; then return 0; fi
    systemctl reset-failed rosterkeep-train.service 2>/dev/null || :
    systemd-run --quiet --no-block --collect --unit=rosterkeep-train --description="Rosterkeep, start-up caches" \
        --property=Nice=19 --property=CPUSchedulingPolicy=idle --property=IOSchedulingClass=idle \
        --property=MemoryMax=800M --property=PrivateTmp=yes --property=PrivateNetwork=yes --property=ProtectHome=yes \
        --property=ProtectSystem=strict --property="ReadWritePaths=$target/lib/app" --property="InaccessiblePaths=$data $etc" \
        --property=RuntimeMaxSec=900 "$target/lib/app/train-aot.sh" "$target" 2>/dev/null || :
}

# How many districts cannot be used as they are. A sealed one can: it waits for its key, as ever.
blocked_districts() { "$root/current/bin/rosterkeep" status --home "$data" --json 2>/dev/null | count_blocked; }
count_blocked() { grep -o '"state":"blocked"' | wc -l; }

# ---- Back ----------------------------------------------------------------------------------------------------------

# undo SENTENCE: what failed, and everything as it was before.
undo() {
    complain "$1"
    trap '' INT TERM HUP
    [ "$arrived" = yes ] && [ "$dry" != yes ] || exit "${failed_as:-1}"
    show_trouble
    arrived=no
    rm -rf "$target.tmp" "$etc/rosterkeep.conf.new"
    if [ -n "$previous" ]; then
        go_back
    else
        take_away
        [ "${made_home:-no}" = no ] || [ -n "$(ls "$data/districts" 2>/dev/null)" ] || rm -rf "$data"
        [ "${made_etc:-no}" = no ] || rm -rf "$etc"
        for user in ${made_users:-}; do userdel "$user" 2>/dev/null || :; done
        complain "everything is as it was before"
    fi
    exit "${failed_as:-1}"
}

go_back() {
    [ ! -f "$work/rosterkeep.conf.before" ] || {
        install -m 0640 -o root -g rosterkeep "$work/rosterkeep.conf.before" "$etc/rosterkeep.conf"
        cp "$work/rosterkeep.conf.before" "$work/draft"
    }
    rm -rf "$data/upgrade-trial"
    if is_current "$previous" && [ "${restart:-no}" = no ] && { ! in_journal || [ "$stage" = prepared ]; }; then
        forget_failed
        complain "everything is as it was before"
        return 0
    fi
    held_start=no
    if in_journal; then
        put_back
    else
        use "$previous" "$previous/share"
        port=${port_before:-8443}
        if [ "$port" = 8443 ]; then no_port; else write_port; fi
        show_places
    fi
    # Units of the one that failed were as new as it, and its sockets may have failed with it.
    reopen=yes
    # Districts that were blocked by now are no reason not to go back.
    blocked=1000000
    if start_services; then
        forget_failed
        complain "$(sed -n 's/^version = //p' "$previous/share/release") is back in its place and answers"
    else
        complain "and the version before does not answer either; see: journalctl -u rosterkeep"
    fi
}

# What was unpacked for nothing; and the journal, unless somebody still needs what lies beside it.
forget_failed() {
    if [ "$target" != "$previous" ] && [ "${fresh:-no}" = yes ]; then rm -rf "$target"; fi
    [ "${astray:-no}" = yes ] || forget_aside
}

show_trouble() {
    for unit in $(all_units); do
        case $unit in *@*) continue ;; esac
        case $(systemctl show --property=NRestarts --value "$unit" 2>/dev/null) in
        '' | 0) [ "$(systemctl show --property=ActiveState --value "$unit" 2>/dev/null)" = failed ] || continue ;;
        esac
        complain "the last that $unit said:"
        journalctl -u "$unit" -n 8 -o cat --no-pager 2>/dev/null | sed 's/^/    /' >&2
    done
}

# Two versions stay: the one in use and the one before it.
forget_old_versions() {
    [ -n "$previous" ] || return 0
    for one in "$root"/versions/*; do
        case $one in "$target" | "$previous") ;; *)
            [ "$target" = "$previous" ] || rm -rf "$one"
            ;;
        esac
    done
}
