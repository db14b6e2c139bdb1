package org.rosterkeep.vendors;

import java.util.Optional;

/// What this face is told about the place it stands in.
///
/// @param publicOrigin scheme and authority under which vendors reach it, `https://roster.example.org`; empty to go by
///     each request's Host header. hrefs and links are made from it
/// @param unconfined whether the operating system does not confine this server; then every answer says so
public record Settings(Optional<String> publicOrigin, boolean unconfined, Limits limits) {
    public static Settings usual() {
        return new Settings(Optional.empty(), false, Limits.usual());
    }
}
