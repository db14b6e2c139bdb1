# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: places beside the data folder. The keep sees nothing of this machine but its own folder; where backups
# go, and the safe's second place, are shown to it by a drop-in that is made from the settings.

shown=/etc/systemd/system/rosterkeep.service.d/places.conf

# The folders the settings in file $1 name, one a line.
named_places() { sed -n 's/^\(backup\|safe\)-directory[[:space:]]*=[[:space:]]*//p' "$1" 2>/dev/null | sed 's/[[:space:]]*$//' | grep . || :; }

# Those that lie in the data folder are seen anyway. One that is not there, say because its disk is not mounted, does not
# stop the start.
places_text() {
    echo "[Service]"
    named_places "$work/draft" | while read -r place; do
        case $place/ in "$data"/*) ;; *) echo "BindPaths=\"-$place\"" ;; esac
    done
}

show_places() {
    [ -n "$(named_places "$work/draft")" ] || [ -f "$shown" ] || return 0
    named_places "$work/draft" >"$work/places"
    while read -r place; do
        step "make $place, for rosterkeep alone" is_place make_place "$place"
    done <"$work/places"
    step "write $shown: the keep sees the places of its backups" is_shown write_shown
}

is_place() { is_shown && [ -d "$1" ]; }
make_place() {
    case $1/ in / | /run/* | /proc/* | /sys/* | /dev/* | /etc/* | /usr/* | /boot/* | /root/* | /home/*)
        complain "the keep is not shown $1: name a folder of a disk of its own"
        return 1
        ;;
    esac
    case $1 in *[\"%\\:]*)
        complain "a path with one of the characters \" % : \\ cannot be shown to the keep: $1"
        return 1
        ;;
    esac
    install -d -m 0700 -o rosterkeep -g rosterkeep "$1"
}

is_shown() { [ "$(cat "$shown" 2>/dev/null)" = "$(places_text)" ]; }
write_shown() {
    while read -r place; do
        runuser -u rosterkeep -- test -w "$place" || {
            complain "the user rosterkeep may not write to $place; give it to it: chown rosterkeep $place"
            return 1
        }
    done <"$work/places"
    mkdir -p "$(dirname "$shown")" && places_text >"$shown" && restart=yes
}
