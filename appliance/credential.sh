#!/bin/sh
# credential.sh: before the keep starts, looks whether this machine still opens the credential that systemd keeps for it
# (rosterkeep key seal-to-host), and puts it where systemd looks for it only then. One that does not open would keep the
# service from starting at all; without it the districts are there, sealed, and a person can open them.
# Run as root. What is moved is encrypted; nothing in the clear is written anywhere.
set -eu
PATH=/usr/sbin:/sbin:/usr/bin:/bin
name=rosterkeep.unseal
kept=/etc/rosterkeep-credential/$name
# Where systemd looks, and which is gone with the next start of the machine.
store=/run/credstore.encrypted

rm -f "$store/$name"
[ -e "$kept" ] || exit 0
if ! command -v systemd-creds >/dev/null 2>&1; then
    echo "credential.sh: this systemd keeps no credentials; the districts stay sealed until a person opens them" >&2
    exit 0
fi
if ! systemd-creds decrypt --name="$name" "$kept" - >/dev/null; then
    echo "credential.sh: this machine does not open $kept any more: another machine, another TPM, or a changed start;" \
        "the districts stay sealed until a person opens them; then: rosterkeep key seal-to-host" >&2
    exit 0
fi
[ -d "$store" ] || mkdir -m 0700 "$store"
install -m 0600 "$kept" "$store/$name"
