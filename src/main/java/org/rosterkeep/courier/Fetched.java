package org.rosterkeep.courier;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.rosterkeep.courier.wire.End;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;

/// What the other side gave, on its way to the keep. Nothing of it is looked at here: reading what strangers
/// wrote is the
/// business of a room that expects the worst.
final class Fetched implements Carrier.Sink {
    private final Line line;
    private final MessageDigest digest = Grant.sha256();
    private long bytes;

    Fetched(Line line) {
        this.line = line;
    }

    @Override
    public void take(byte[] piece, int from, int length) {
        bytes += length;
        digest.update(piece, from, length);
        line.send(new Frame(Frame.Kind.BODY, Arrays.copyOfRange(piece, from, from + length)));
    }

    @Override
    public void end() {
        String sum = HexFormat.of().formatHex(digest.digest());
        line.send(new End(sum, bytes).frame(Frame.Kind.BODY_END));
    }

    long bytes() {
        return bytes;
    }
}
