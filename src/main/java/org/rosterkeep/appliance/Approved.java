package org.rosterkeep.appliance;

import java.util.ArrayList;

/// Only algorithms that NIST's standards approve (SP 800-131A, SP 800-132, SP 800-56A and C, FIPS 186-5). It says which
/// algorithms are used, and nothing of how they were built: no module here is validated.
public final class Approved {
    private static final String GROUPS = "secp256r1,secp384r1,secp521r1";
    private static final String SUITES = String.join(
            ",",
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private Approved() {}

    /// Narrows what the vendors' connections may be made of. Before the first of them; Java reads it once.
    public static void restrict() {
        System.setProperty("jdk.tls.namedGroups", GROUPS);
        System.setProperty("jdk.tls.server.cipherSuites", SUITES);
    }

    /// What a district was sealed with before, and still opens with; each with the way out of it.
    static Diagnosis look(Rooms rooms) {
        var found = new ArrayList<String>();
        for (var way : rooms.keys().ways()) {
            if (!way.approved()) {
                found.add("way " + way.id() + " (" + way.method() + ", "
                        + (way.method().equals("shares") ? "Shamir's scheme" : "Argon2id") + ")");
            }
        }
        rooms.keys()
                .kit()
                .filter(kit -> !kit.approved())
                .ifPresent(kit -> found.add("recovery kit " + kit.id() + " (X25519)"));
        var passwords = rooms.operators().notApproved();
        if (!passwords.isEmpty()) {
            found.add("the passwords of " + String.join(", ", passwords) + " (Argon2id)");
        }
        return found.isEmpty()
                ? Diagnosis.ok(
                        "approved-cryptography",
                        "What is sealed and who signs in take approved algorithms. The courier's own connections are"
                                + " not narrowed.")
                : Diagnosis.failed(
                        "approved-cryptography",
                        "Not among the approved algorithms: " + String.join("; ", found) + ".",
                        "Move on: rosterkeep key passphrase, key way remove, key kit; a password when it is changed or"
                                + " reset.");
    }
}
