package org.rosterkeep.ledger;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.roster.Field;

/// Ledgers, entries and a clock for tests.
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    static final KeyPair KEYS = keys();
    static final Signer SIGNER = Signer.of(KEYS);

    /// Small files, so that every turn is seen.
    static final LedgerSettings SMALL =
            new LedgerSettings(16_000, 32_000, 25, Duration.ofHours(1), Duration.ofSeconds(60), Duration.ofSeconds(30));

    private Samples() {}

    static final class Hands extends Clock {
        private volatile Instant now = NOON;

        void set(Instant instant) {
            now = instant;
        }

        void forward(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static Ledger open(Path directory) {
        return open(directory, new Hands());
    }

    static Ledger open(Path directory, Clock clock) {
        return Ledger.open(directory, SIGNER, clock, SMALL);
    }

    static Verdict verify(Path directory) {
        return new LedgerVerifier(SIGNER.publicKey(), Optional.empty()).verify(directory);
    }

    static Entry entry(String client, Persons persons) {
        return entry(NOON, client, persons);
    }

    static Entry entry(Instant at, String client, Persons persons) {
        return new Entry(
                at,
                "pull",
                "vendor-" + client,
                client,
                "rule-" + client,
                3,
                "00ff".repeat(16),
                "agreement-1",
                "rostering_sso",
                "public_task",
                "DE",
                "/users/{id}",
                Set.of(Field.USER_GIVEN_NAME, Field.USER_SOURCED_ID),
                17,
                "edition-digest",
                persons,
                1,
                200,
                "",
                "192.0.2.7");
    }

    static Entry refusal(String client, String reason) {
        return refusal(NOON, client, reason);
    }

    static Entry refusal(Instant at, String client, String reason) {
        Entry e = entry(at, client, new Persons.None());
        return new Entry(
                e.at(),
                e.channel(),
                e.vendor(),
                client,
                "",
                0,
                "",
                "",
                "",
                "",
                "",
                e.endpoint(),
                Set.of(),
                0,
                "",
                e.persons(),
                0,
                403,
                reason,
                e.source());
    }

    /// The same key in every process, out of a fixed seed: a test kills processes and reads what they left.
    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
                @Override
                public void nextBytes(byte[] bytes) {
                    Arrays.fill(bytes, (byte) 7);
                }
            });
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
