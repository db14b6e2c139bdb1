package org.rosterkeep.log;

import java.security.SecureRandom;
import java.util.HexFormat;

/// In whose service a line was written: which request, and for whom. Whatever is logged while it is bound carries both.
public final class Trace {
    public static final String OWNER = "owner";
    public static final String ROOT = "root";
    public static final String VENDOR = "vendor";

    static final ScopedValue<Trace> NOW = ScopedValue.newInstance();

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int REQUEST_BYTES = 8;

    private final String request;
    private volatile String actor;

    private Trace(String request, String actor) {
        this.request = request;
        this.actor = checked(actor);
    }

    /// @param actor an opaque id, never a name: one of those above, or the digest of a signing key
    public static Trace of(String actor) {
        var bytes = new byte[REQUEST_BYTES];
        RANDOM.nextBytes(bytes);
        return new Trace(HexFormat.of().formatHex(bytes), actor);
    }

    /// It has turned out whose the request under way is; the lines from here on say so, that of a failure too.
    public static void by(String actor) {
        checked(actor);
        if (NOW.isBound()) {
            NOW.get().actor = actor;
        }
    }

    private static String checked(String actor) {
        if (!actor.matches("owner|root|vendor|key:[0-9a-f]{12}")) {
            throw new IllegalArgumentException("no actor");
        }
        return actor;
    }

    /// Drawn for this request, and told to whoever asked when it went wrong.
    public String request() {
        return request;
    }

    String actor() {
        return actor;
    }

    public void run(Runnable work) {
        ScopedValue.where(NOW, this).run(work);
    }
}
