# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: back to the version before, when people have been let in to the new one. What was written since stays,
# as long as the version before can read it; else nothing is done, and it is said what would be lost.

rollback_here() {
    [ "$(id -u)" = 0 ] || missing "it takes root: sudo rosterkeep rollback"
    take_lock
    recover_here
    there=$(readlink -f "$root/current" 2>/dev/null) || there=
    target=$(noted last from) at=$(noted last at)
    if [ -z "$target" ] || [ "$(noted last to)" != "$there" ] || [ ! -d "$target" ]; then
        fail "there is no version to go back to: the last upgrade's is not here any more"
    fi
    version=$(sed -n 's/^version = //p' "$target/share/release")
    previous=$there
    beside "$there/bin/rosterkeep" paths --formats --home "$data" >"$work/formats" 2>/dev/null || fail "the data cannot be looked at"
    if ! cmp -s "$work/formats" "$aside/formats"; then
        complain "$version cannot read what is stored now; since the upgrade ($at) it has other formats:"
        diff "$aside/formats" "$work/formats" | sed -n 's/^> /    /p' >&2
        complain "To go back all the same is to restore a backup from before $at. What would be lost is everything since:"
        for one in $(kept_districts); do
            complain "    $one: $(steer status --json 2>/dev/null | sed 's/{"district"/\n&/g' | sed -n "s/^{\"district\":\"$one\".*\"batch\":\([0-9]*\).*\"entries\":\([0-9]*\).*/imports after the backup's, up to \1, and ledger entries, up to \2/p")"
        done
        complain "Install the older bundle with --downgrade, then: rosterkeep restore FILE"
        decline_rollback
    fi
    say "Going back from $(sed -n 's/^version = //p' "$there/share/release") to $version. The formats are the same: what was written since $at stays, nothing is lost."
    confirm "Go back?"
    share=$target/share
    work_for_rollback
}

decline_rollback() {
    complain "nothing was changed"
    exit 4
}

# The same way as forward: tried on a copy, with nobody let in, and back by itself.
work_for_rollback() {
    now=$(systemctl show --property=Listen rosterkeep.socket 2>/dev/null | sed -n 's/.*:\([0-9]*\) (Stream).*/\1/p' | head -n 1)
    port=${now:-8443} port_before=${now:-8443} began=$(date +%s) arrived=yes
    cp "$etc/rosterkeep.conf" "$work/draft"
    trap 'undo "interrupted"' INT TERM HUP
    begin_upgrade || undo "could not write down what is about to change"
    check_settings "$etc/rosterkeep.conf" || undo "the version before does not take the settings as they are now"
    blocked=$(blocked_districts)
    take_over
    say "Rosterkeep $version is in use again, after $(($(date +%s) - began)) s."
}
