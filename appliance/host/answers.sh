# shellcheck shell=sh disable=SC2154,SC2034
# Part of install.sh: the answers file. Its lines are key = value, like those of the settings; what is not known is
# refused, with the key that was most likely meant. Secrets are never in it: it names the files they are in.

# What is asked beside the settings.
questions="port hostname release-key district country regime legal-name passphrase-file unseal administrator administrator-password-file purge"

settings_keys() { sed -n 's/^# \([a-z-]*\) =.*/\1/p' "$share/rosterkeep.conf"; }

check_answers() {
    [ -n "$answers" ] || return 0
    wrong=$({
        echo "$questions" | tr ' ' '\n'
        settings_keys
    } | awk -v file="$answers" '
        function least(a, b) { return a < b ? a : b }
        # Letters to insert, drop or replace.
        function distance(a, b,   i, j, row, old, diagonal) {
            for (j = 0; j <= length(b); j++) row[j] = j
            for (i = 1; i <= length(a); i++) {
                diagonal = row[0]; row[0] = i
                for (j = 1; j <= length(b); j++) {
                    old = row[j]
                    row[j] = least(diagonal + (substr(a, i, 1) != substr(b, j, 1)), 1 + least(row[j], row[j - 1]))
                    diagonal = old
                }
            }
            return row[length(b)]
        }
        { known[$0] = 1 }
        END {
            while ((getline line < file) > 0) {
                number++
                sub(/^[ \t]+/, "", line); sub(/[ \t\r]+$/, "", line)
                if (line == "" || line ~ /^#/) continue
                if (line !~ /=/) { print "line " number " is not of the form key = value"; continue }
                key = line; sub(/[ \t]*=.*/, "", key)
                if (key in known) { if (seen[key]++) print "line " number ": " key " is given twice"; continue }
                near = ""; best = length(key) / 3 > 2 ? length(key) / 3 : 2
                for (one in known) { far = distance(key, one); if (far <= best) { best = far; near = one } }
                print "line " number ": unknown key " key (near != "" ? ", did you mean " near "?" : "")
            }
        }')
    if [ -n "$wrong" ]; then
        echo "$wrong" | while read -r line; do complain "$answers, $line"; done
        complain "nothing was changed; every key is in the manual: rosterkeep paths --settings"
        exit 2
    fi
    case $(answer unseal) in
    '' | host) ;;
    *) misused "unseal in $answers should be host, or be left away" ;;
    esac
    for one in passphrase-file administrator-password-file; do
        file=$(answer "$one")
        [ -z "$file" ] || [ -r "$file" ] || misused "$one in $answers: cannot read $file"
    done
}
