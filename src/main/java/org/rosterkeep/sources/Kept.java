package org.rosterkeep.sources;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.Spool;

/// A zip that was read from somewhere once, sealed: what is imported is what was looked at, whatever becomes of
/// where it
/// was.
final class Kept implements AutoCloseable {
    private final Spool spool;
    private final MessageDigest sum;

    Kept(Spool spool) {
        this.spool = spool;
        try {
            sum = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(byte[] piece) {
        sum.update(piece);
        spool.add(piece);
    }

    long length() {
        return spool.length();
    }

    /// To be asked once, when all is there.
    String digest() {
        return HexFormat.of().formatHex(sum.digest());
    }

    Source source() {
        return new Source.Shown(spool::whole);
    }

    @Override
    public void close() {
        spool.close();
    }
}
