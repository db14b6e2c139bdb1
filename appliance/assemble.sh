#!/bin/sh
# From jlink's output to the image people run, and to the archive people get. Called by the build:
#   assemble.sh LINKED NATIVE SBOM IMAGE ARCHIVE TIMESTAMP
# The archive holds the same bytes for the same sources: sorted, one time, no owner, and without the start-up caches,
# which are made afterwards and on every machine anew (train-aot.sh).
set -eu
linked=$1 native=$2 sbom=$3 image=$4 archive=$5 timestamp=$6
here=$(cd "$(dirname "$0")" && pwd)

rm -rf "$image" "$image.sources"
cp -R "$linked" "$image"
# jlink's launcher, and a tool nobody needs here.
rm -f "$image/bin/rosterkeep-java" "$image/bin/keytool"
# Some systems' JDKs bring the JVM's debug symbols along, ten times its size.
find "$image/lib" -name '*.debuginfo' -delete
mkdir -p "$image/lib/app"
cp "$here/rosterkeep" "$image/bin/rosterkeep"
cp "$here/java.options" "$here/train-aot.sh" "$here/fence.sh" "$here/egress.sh" "$image/lib/app/"
cp "$native"/org/sqlite/native/Linux/*/libsqlitejdbc.so "$image/lib/app/"
cp "$sbom" "$image/lib/app/sbom.json"
chmod -R u=rwX,go=rX "$image"
chmod 755 "$image/bin/rosterkeep" "$image/lib/app/train-aot.sh" "$image/lib/app/fence.sh" "$image/lib/app/egress.sh"
chmod 644 "$image/lib/app/libsqlitejdbc.so"

name=$(basename "$image")
tar -C "$(dirname "$image")" --sort=name --format=gnu --mtime="$timestamp" --owner=0 --group=0 --numeric-owner \
    -cf - "$name" | gzip -n -6 >"$archive.part"
mv "$archive.part" "$archive"

"$image/lib/app/train-aot.sh" "$image"
"$here/fingerprint.sh" >"$image.sources"
