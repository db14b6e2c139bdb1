package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a backup holds of the appliance around its district: settings, and the certificates with their keys, by which
/// vendors know it. A restore puts it only where there is none.
///
/// @param tls by the names of their files
record HomeFiles(Optional<byte[]> settings, Map<String, byte[]> tls) {
    HomeFiles {
        tls = Map.copyOf(tls);
    }

    /// Takes them out of what a backup was unpacked into: they are no part of the district.
    static HomeFiles takeOut(Path unpacked) throws IOException {
        var settings = Optional.ofNullable(files(unpacked.resolve("settings")).get("rosterkeep.conf"));
        return new HomeFiles(settings, files(unpacked.resolve("tls")));
    }

    private static Map<String, byte[]> files(Path place) throws IOException {
        var files = new TreeMap<String, byte[]>();
        if (Files.isDirectory(place)) {
            try (var all = Files.list(place)) {
                for (var file : all.toList()) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
            Home.remove(place);
        }
        return files;
    }

    void into(Home home) throws IOException {
        if (settings.isPresent() && !Files.exists(home.settings())) {
            Files.write(home.settings(), settings.get());
        }
        try (var there = Files.list(home.tls())) {
            if (there.findAny().isPresent()) {
                return;
            }
        }
        for (var file : tls.entrySet()) {
            var path = Files.createFile(
                    home.tls().resolve(file.getKey()),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(path, file.getValue());
        }
    }
}
