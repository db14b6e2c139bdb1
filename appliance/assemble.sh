#!/bin/sh
# From jlink's output to the image people run, and to the bundle people get. Called by the build:
#   assemble.sh LINKED NATIVE SBOM LICENCES IMAGE BUNDLE TIMESTAMP VERSION MACHINE [KEY]
# The bundle is one file with everything a bare server needs. It holds the same bytes for the same sources: sorted, one
# time, no owner, and without the start-up caches, which are made afterwards and on every machine anew (train-aot.sh).
# KEY is the release's private key, an Ed25519 key as PEM; without one the bundle is not signed, and install.sh says so.
set -eu
linked=$1 native=$2 sbom=$3 licences=$4 image=$5 bundle=$6 timestamp=$7 version=$8 machine=$9
shift 9
key=${1:-}
here=$(cd "$(dirname "$0")" && pwd)
source=$(dirname "$here")

# ---- The program ----
rm -rf "$image" "$image.sources"
# With what links point to, not the links: a bundle of files and folders alone is easy to look through.
cp -RL "$linked" "$image"
# jlink's launcher, and a tool nobody needs here.
rm -f "$image/bin/rosterkeep-java" "$image/bin/keytool"
# Some systems' JDKs bring the JVM's debug symbols along, ten times its size.
find "$image/lib" -name '*.debuginfo' -delete
app=$image/lib/app share=$image/share
mkdir -p "$app" "$share/host" "$share/doc" "$share/completion" "$image/legal/libraries"
cp "$here/rosterkeep" "$image/bin/rosterkeep"
cp "$here/java.options" "$here/train-aot.sh" "$here"/*fence*.sh "$here/egress.sh" "$here/credential.sh" "$app/"
cp "$native"/org/sqlite/native/Linux/*/libsqlitejdbc.so "$app/"
cp "$sbom" "$app/sbom.json"
cp -R "$licences/." "$image/legal/libraries/"

# ---- What a server gets beside it ----
cp "$source/install.sh" "$image/install.sh"
cp "$here"/host/*.sh "$share/host/"
cp -R "$source/systemd" "$share/systemd"
cp "$source/README.md" "$here/verify-ledger.py" "$share/doc/"
chmod 755 "$image/bin/rosterkeep"
"$image/bin/rosterkeep" manual "$share/man/man1" >/dev/null
"$image/bin/rosterkeep" completion >"$share/completion/rosterkeep"
"$image/bin/rosterkeep" completion --shell zsh >"$share/completion/_rosterkeep"
"$image/bin/rosterkeep" completion --shell fish >"$share/completion/rosterkeep.fish"
"$image/bin/rosterkeep" paths --settings >"$share/rosterkeep.conf"

# What this is, and the oldest C library that everything in it runs with.
glibc=$(find "$image/bin" "$image/lib" -type f ! -name modules -exec grep -aohE 'GLIBC_2\.[0-9]+' {} + |
    sed 's/GLIBC_//' | sort -uV | tail -n 1)
printf '%s\n' "name = rosterkeep" "version = $version" "machine = $machine" "glibc = $glibc" "built = $timestamp" \
    >"$share/release"
[ -z "$key" ] || openssl pkey -in "$key" -pubout -out "$share/release.pem"

chmod -R u=rwX,go=rX "$image"
chmod 755 "$image/bin/rosterkeep" "$image/install.sh" "$app"/*.sh
chmod 644 "$app/libsqlitejdbc.so"

# ---- The digest of every file, and the signature over them ----
sums=$(cd "$image" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + | sed 's|  \./|  |' | LC_ALL=C sort -k 2)
printf '%s\n' "$sums" >"$image/SHA256SUMS"
chmod 644 "$image/SHA256SUMS"
if [ -n "$key" ]; then
    openssl pkeyutl -sign -rawin -inkey "$key" -in "$image/SHA256SUMS" -out "$image/SHA256SUMS.sig"
    chmod 644 "$image/SHA256SUMS.sig"
    echo "signed with the key of $key"
else
    echo "an unsigned development bundle: no release.key was given"
fi

# The digests first: they are looked at before the rest is taken out.
name=$(basename "$image")
(cd "$image" && { ls SHA256SUMS SHA256SUMS.sig 2>/dev/null || :; find . -mindepth 1 ! -name 'SHA256SUMS*' | sed 's|^\./||' | LC_ALL=C sort; }) |
    sed "s|^|$name/|" |
    tar -C "$(dirname "$image")" --no-recursion --format=gnu --mtime="$timestamp" --owner=0 --group=0 --numeric-owner \
        --verbatim-files-from -T - -cf - | gzip -n -6 >"$bundle.part"
mv "$bundle.part" "$bundle"

"$app/train-aot.sh" "$image"
"$here/fingerprint.sh" >"$image.sources"
