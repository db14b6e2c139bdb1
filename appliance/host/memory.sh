# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: how much memory the services may have. A unit's bound is made for the heap it ships with; for a larger
# heap, named in /etc/rosterkeep/heap, a drop-in raises it, or the machine is too small and that is said.

# What a service needs beside its heap, in MiB: code, caches, threads, what SQLite takes.
beside_heap=512

heap_file() { case $1 in rosterkeep) echo "$etc/heap" ;; *) echo "$etc-courier/heap" ;; esac }
# heap_of SERVICE ELSE: as it is named.
heap_of() {
    told=$(sed -n 's/^HEAP=//p' "$(heap_file "$1")" 2>/dev/null | tail -n 1)
    echo "${told:-$2}"
}
# A size like 768m in MiB, or nothing.
mebibytes() {
    case $1 in
    *[!0-9kKmMgG]* | '' | [kKmMgG]* | *[kKmMgG]?*) ;;
    *[kK]) echo $((${1%?} / 1024)) ;;
    *[mM]) echo "${1%?}" ;;
    *[gG]) echo $((${1%?} * 1024)) ;;
    *) echo $(($1 / 1048576)) ;;
    esac
}

# The bound that service $1 needs, when its unit's own is too low for its heap; in MiB.
bound_for() {
    heap=$(heap_of "$1" '')
    [ -n "$heap" ] || return 0
    size=$(mebibytes "$heap")
    unit=$(mebibytes "$(sed -n 's/^MemoryMax=//p' "$share/systemd/$1.service")")
    if [ "$((size + size / 4 + beside_heap))" -gt "${unit:-0}" ]; then echo $((size + size / 4 + beside_heap)); fi
}

look_at_heap() {
    for service in rosterkeep rosterkeep-courier; do
        heap=$(heap_of "$service" '')
        [ -n "$heap" ] || continue
        if [ -z "$(mebibytes "$heap")" ]; then
            lacks "HEAP=$heap in $(heap_file "$service") is not a size like 768m or 2g"
        elif [ "$(($(mebibytes "$heap") * 5 / 4 + beside_heap))" -gt "$((memory * 9 / 10))" ]; then
            lacks "HEAP=$heap in $(heap_file "$service") needs $(($(mebibytes "$heap") * 5 / 4 + beside_heap)) MiB, and the machine has $memory; lower it, or give the machine more"
        fi
    done
}

bound_file() { echo "$units/$1.service.d/memory.conf"; }
bound_text() { printf '%s\n' '[Service]' "# For HEAP=$(heap_of "$1" '') in $(heap_file "$1")" "MemoryMax=$(bound_for "$1")M"; }
bound_memory() {
    for service in rosterkeep rosterkeep-courier; do
        if [ -n "$(bound_for "$service")" ]; then
            step "write $(bound_file "$service"): memory for HEAP=$(heap_of "$service" '')" is_bound write_bound "$service"
        elif [ -f "$(bound_file "$service")" ]; then
            step "remove $(bound_file "$service"): the unit's own bound will do" never no_bound "$service"
        fi
    done
}
is_bound() { [ "$(cat "$(bound_file "$1")" 2>/dev/null)" = "$(bound_text "$1")" ]; }
write_bound() { mkdir -p "$units/$1.service.d" && bound_text "$1" >"$(bound_file "$1")" && restart=yes; }
no_bound() { rm -f "$(bound_file "$1")" && restart=yes; }
