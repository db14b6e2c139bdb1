# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: one version in the place of another. The new one is tried on a copy first; then it is started on the
# data with nobody let in, looked at, and only then serves. Until that moment going back loses nothing, because nothing
# happened. What is under way is written down in a journal, so that a power cut or a killed install.sh ends in the old
# version or the new one: a watch beside it, or the next start of the machine, or the next install.sh, reads it.

aside=/var/lib/rosterkeep-upgrade
points=0

# Where a cut is tried out: the test counts these places and ends the process at each.
point() {
    points=$((points + 1))
    [ "${ROSTERKEEP_CUT_AT:-}" != "$points" ] || kill -9 $$
}

is_takeover() { [ -n "$previous" ] && [ "$previous" != "$target" ]; }

# A program of ours at the data, as their user and without a network.
beside() {
    systemd-run --quiet --wait --pipe --collect --unit="rosterkeep-beside-$$" --uid=rosterkeep --gid=rosterkeep \
        --property=PrivateNetwork=yes --property=ProtectSystem=strict --property="ReadWritePaths=$data" \
        --property=ProtectHome=yes --property=PrivateTmp=yes --property=NoNewPrivileges=yes --property=UMask=0077 \
        --property=LimitCORE=0 --setenv=ROSTERKEEP_HEAP="$(heap_of rosterkeep 768m)" "$@" </dev/null
}

# ---- The journal ---------------------------------------------------------------------------------------------------

# journal STAGE: prepared, stopped, copied, switched, in, back.
journal() {
    stage=$1
    mkdir -p "$aside" && chmod 700 "$aside" || return 1
    printf '%s\n' "from=$previous" "to=$target" "port=$port_before" "stage=$stage" "at=$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$aside/journal.new" &&
        sync "$aside/journal.new" && mv "$aside/journal.new" "$aside/journal" && sync "$aside"
}
noted() { sed -n "s/^$2=//p" "$aside/$1" 2>/dev/null; }
in_journal() { [ -f "$aside/journal" ]; }

forget_aside() {
    rm -rf "${aside:?}"/*
    rmdir "$aside" 2>/dev/null || :
}

begin_upgrade() {
    # Of an earlier one only that is kept which a rollback needs, and this one replaces it.
    forget_aside
    mkdir -p "$aside/program/share/host" && chmod 700 "$aside" || return 1
    if [ -f "$etc/rosterkeep.conf" ]; then cp -p "$etc/rosterkeep.conf" "$aside/rosterkeep.conf" || return 1; fi
    cp "$parts"/*.sh "$aside/program/share/host/" && cp "$0" "$aside/program/install.sh" || return 1
    journal prepared && watch_over
}

# Waits until install.sh has ended, however it ends, and looks whether it left anything half-way.
watch_over() {
    have flock || return 0
    # shellcheck disable=SC2016
    systemd-run --quiet --collect --unit="rosterkeep-watch-$(date +%s)-$$" --description="Rosterkeep, after an upgrade" \
        /bin/sh -c 'exec 9>/run/rosterkeep-install.lock; flock 9; exec sh "$1" --recover' sh "$aside/program/install.sh"
}

# ---- Forward -------------------------------------------------------------------------------------------------------

take_over() {
    step "let $version try itself on a copy of the data" never try_on_copy
    step "make a backup of every district that has a recovery kit" never back_up
    step "stop the services; the port stays open, and who calls waits" never stop_for_copy
    step "copy the data aside, to go back to" never copy_data
    step "note that from here on $version is in use, with nobody let in" never switch_over
    use "$target" "$share"
    use_port
    show_places
    step "start $version and look at it before anybody is let in" never start_held
    step "let everybody in" never let_in
    step "start everything else" never start_services
    step "forget the copy" never finish_upgrade
}

failed_checks() { sed 's/{"check"/\n&/g' "$1" | sed -n 's/^{"check":"\([^"]*\)","district":"\([^"]*\)","state":"failed".*/\1 \2/p' | sort; }

try_on_copy() {
    tried=0
    beside "$target/bin/rosterkeep" doctor --before-upgrade --home "$data" --quiet >"$work/tried" 2>&1 || tried=$?
    case $tried in 0 | 10) ;; *)
        sed -n '/^failed/,+1p' "$work/tried" | while read -r line; do complain "$line"; done
        grep -q '^failed' "$work/tried" || while read -r line; do complain "$line"; done <"$work/tried"
        return 1
        ;;
    esac
    # What is wrong already is no reason not to go on.
    steer doctor --json >"$work/doctor.before" 2>/dev/null || :
    failed_checks "$work/doctor.before" >"$work/failed.before"
    beside "$target/bin/rosterkeep" paths --formats --home "$data" >"$aside/formats" 2>/dev/null
}

# Sealed, for the time after the upgrade: what is copied aside is plain, and lives only as long as nobody is let in.
back_up() {
    if ! grep -q '^backup-directory *= *[^ ]' "$etc/rosterkeep.conf" 2>/dev/null; then
        remark "no backup is made: backup-directory is not set"
        return 0
    fi
    for one in $(kept_districts); do
        if steer backup make --district "$one" >"$work/backup" 2>&1; then
            say "    $(head -n 1 "$work/backup")"
        else
            remark "no backup of $one: $(paste -s -d ' ' "$work/backup" | cut -c 1-200)"
        fi
    done
}

# Whoever calls makes the service manager start the keep again. So it may, and waits before the program begins.
waiting=/run/systemd/system/rosterkeep.service.d/wait.conf
# Looked at from the first process's root: the unit has a /run of its own, and the plus does not lift that.
hold_back() {
    mkdir -p "$(dirname "$waiting")" && printf '%s\n' '[Service]' 'TimeoutStartSec=infinity' \
        'ExecStartPre=+/bin/sh -c "while [ -e /proc/1/root/run/systemd/system/rosterkeep.service.d/wait.conf ]; do sleep 0.2; done"' >"$waiting" &&
        systemctl daemon-reload
}
hold_no_longer() {
    [ -e "$waiting" ] || return 0
    # First what waits, or it would begin with the unit of before.
    systemctl stop rosterkeep.service 2>/dev/null || :
    rm -f "$waiting" && { rmdir "$(dirname "$waiting")" 2>/dev/null || :; } && systemctl daemon-reload
}

stop_for_copy() {
    journal stopped && hold_back && stop_services
    for unit in $(our_units service); do
        [ "$(systemctl show --property=MainPID --value "$unit")" = 0 ] || return 1
    done
}

# Everything of the data that an opening could change.
to_copy() { (cd "$data" && find . -mindepth 1 -maxdepth 1 ! -name run ! -name log ! -name upgrade-trial ! -name before-restore ! -name held | sort); }

copy_data() {
    took=$(date +%s)
    need=$( (cd "$data" && to_copy | xargs -r du -sk --total) | tail -n 1 | cut -f 1)
    [ "$(free_in "$aside")" -gt "$((${need:-0} + 10240))" ] || {
        complain "there is no room in $aside for a copy of the data, $((${need:-0} / 1024)) MiB"
        return 1
    }
    mkdir -p "$aside/data" && to_copy | while read -r one; do
        cp -a --reflink=auto "$data/$one" "$aside/data/" || exit 1
        point
    done && sync && : >"$aside/data.whole" && journal copied
    copied=$?
    say "    after $(($(date +%s) - took)) s"
    return "$copied"
}

# Of one who could have got in meanwhile, the mark is not there any more.
switch_over() {
    # shellcheck disable=SC2016
    runuser -u rosterkeep -- sh -c 'umask 077; echo "$1" >"$2"' sh "$(date -u -d "+$((patience + 60)) seconds" +%Y-%m-%dT%H:%M:%SZ)" "$data/held" &&
        journal switched
}

start_held() {
    hold_no_longer
    ready_units || return 1
    for unit in $(our_units socket); do
        systemctl reset-failed "$unit" 2>/dev/null || :
        systemctl start "$unit" || return 1
    done
    systemctl reset-failed rosterkeep.service 2>/dev/null || :
    systemctl restart rosterkeep.service || return 1
    await_ready rosterkeep.service || return 1
    held_start=yes
    grep -q '"held":true' "$work/status" || {
        complain "it let people in before it was looked at"
        return 1
    }
    # It opened everything that the version before could open, and nothing is wrong that was not wrong before.
    [ "$(count_blocked <"$work/status")" -le "$blocked" ] || {
        complain "it cannot open a district that the version before could open"
        return 1
    }
    looked=0
    steer doctor --json >"$work/doctor.after" 2>/dev/null || looked=$?
    case $looked in 0 | 1 | 10) ;; *)
        complain "its doctor gave no answer"
        return 1
        ;;
    esac
    failed_checks "$work/doctor.after" >"$work/failed.after"
    comm -13 "$work/failed.before" "$work/failed.after" >"$work/worse"
    if [ ! -s "$work/doctor.after" ] || [ -s "$work/worse" ]; then
        complain "its doctor finds that what was well before is not now: $(paste -s -d , "$work/worse")"
        return 1
    fi
    say "    $(grep -o '"check":' "$work/doctor.after" | wc -l) checks; none is worse than before"
}

let_in() {
    journal in && point && rm -f "$data/held" || return 1
    restart=no
}

finish_upgrade() {
    sed 's/^stage=.*/stage=done/' "$aside/journal" >"$aside/last" && sync "$aside/last" || return 1
    rm -rf "$aside/data.whole" "$aside/data" && rm -f "$aside/journal"
}

# ---- Back ----------------------------------------------------------------------------------------------------------

# Whether what was copied is still all there is: nobody was let in, so nothing was written that counts.
nobody_was_in() { case $stage in prepared | stopped | copied | back) ;; switched) [ -f "$data/held" ] ;; *) return 1 ;; esac }

# The new version was at the data, and may have brought them to a format of its own.
was_at_data() { case $stage in switched | in | back) return 0 ;; *) return 1 ;; esac }

# Puts the copied data back. Begun anew it does the same once more, from wherever it was cut off.
put_back_data() {
    [ -f "$aside/data.whole" ] || return 1
    journal back || return 1
    for one in $(cd "$aside/data" && ls -A); do
        rm -rf "${data:?}/.back" "${data:?}/.gone"
        cp -a --reflink=auto "$aside/data/$one" "$data/.back" || return 1
        point
        if [ -e "$data/$one" ]; then mv -T "$data/$one" "$data/.gone" || return 1; fi
        mv -T "$data/.back" "$data/$one" && rm -rf "${data:?}/.gone" || return 1
    done
    sync
}

# Files, links and settings as they were; the services are whose who calls.
put_back() {
    [ "$booting" = yes ] || hold_no_longer
    if was_at_data; then
        [ "$booting" = yes ] || stop_services
        if nobody_was_in; then
            put_back_data || {
                complain "the data could not be put back; as they were before, they are in $aside/data"
                astray=yes
            }
        else
            complain "people were let in, so the data stay as they are"
        fi
    fi
    rm -f "$data/held"
    if [ -f "$aside/rosterkeep.conf" ]; then
        install -m 0640 -o root -g rosterkeep "$aside/rosterkeep.conf" "$etc/rosterkeep.conf"
        cp "$aside/rosterkeep.conf" "$work/draft"
    fi
    use "$previous" "$previous/share"
    port=${port_before:-8443}
    use_port
    show_places
}

# What was cut off: back to the version before, or, when people were let in already, on with the new one.
recover_here() {
    in_journal || return 0
    previous=$(noted journal from) target=$(noted journal to) port_before=$(noted journal port) stage=$(noted journal stage)
    port=$port_before
    say "An upgrade was cut off ($stage)."
    rm -rf "$target.tmp" "$data/upgrade-trial"
    blocked=1000000
    if [ "$stage" = in ] && [ -d "$target" ]; then
        rm -f "$data/held"
        cp "$etc/rosterkeep.conf" "$work/draft" 2>/dev/null || :
        use "$target" "$target/share"
        [ "$booting" = yes ] || start_services || complain "it does not answer; see: journalctl -u rosterkeep"
        finish_upgrade
        say "$(sed -n 's/^version = //p' "$target/share/release") is in use."
    elif [ -d "$previous" ]; then
        put_back
        # Units of the one that was cut off were as new as it.
        reopen=yes
        [ "$booting" = yes ] || start_services || complain "it does not answer; see: journalctl -u rosterkeep"
        [ "${astray:-no}" = yes ] || forget_aside
        say "$(sed -n 's/^version = //p' "$previous/share/release") is in use."
    else
        complain "neither version is where it was; see $aside"
        return 1
    fi
    [ "$booting" = no ] || systemctl daemon-reload
    restart=no reopen=no held_start=no previous='' target='' port='' steps=0
}
