package org.rosterkeep.custody;

import java.time.Instant;
import java.util.Optional;

/// A vendor's word that it has deleted something.
///
/// @param id counted per district, from 1
/// @param directive the directive it answers, if any
/// @param deletedAt until when what it was told is covered: what it was told later it still holds
/// @param recordedAt when the district put it on record
/// @param by who attests for the vendor, as the certificate says
/// @param method how it was destroyed
/// @param certificate SHA-256 of the certificate, hex; empty when there is none
public record Attestation(
        int id,
        String vendor,
        Optional<Integer> directive,
        Instant deletedAt,
        Instant recordedAt,
        String by,
        String method,
        String certificate,
        What what) {}
