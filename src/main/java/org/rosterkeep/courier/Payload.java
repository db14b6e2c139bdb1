package org.rosterkeep.courier;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.End;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.WireFault;

/// A payload on its way from the keep to the other side: every piece is looked at, and then goes on.
final class Payload implements Carrier.Pump {
    private final Order order;
    private final Inbox inbox;
    private final Handle handle;
    private final Screen screen;
    private final MessageDigest digest = Grant.sha256();
    private long bytes;

    Payload(Order order, Grant grant, Inbox inbox, Handle handle, Consumer<String> persons) {
        this.order = order;
        this.inbox = inbox;
        this.handle = handle;
        Given given = grant.within(order);
        screen = switch (order.kind()) {
            case HTTPS_JSON -> new JsonScreen(given, persons);
            case HTTPS_ZIP, SFTP_ZIP -> new ZipScreen(given, persons);
            case WEBHOOK -> new NoticeScreen();
            case SMTP -> new LetterScreen();
            case SIS_GET, SFTP_GET -> throw new Refused(Code.PAYLOAD_FORM, "What fetches sends nothing.");
        };
    }

    @Override
    public void to(OutputStream out) throws IOException {
        while (true) {
            Frame frame = inbox.take(Optional.of(handle));
            switch (frame.kind()) {
                case PAYLOAD -> pass(frame.body(), out);
                case END -> {
                    end(End.read(frame));
                    return;
                }
                default -> throw new WireFault(WireFault.Code.KIND);
            }
        }
    }

    private void pass(byte[] piece, OutputStream out) throws IOException {
        bytes += piece.length;
        if (bytes > order.maxBytes()) {
            throw new Refused(Code.PAYLOAD_SIZE, "The payload is longer than the order allows.");
        }
        screen.take(piece, 0, piece.length);
        digest.update(piece);
        handle.check();
        out.write(piece, 0, piece.length);
    }

    private void end(End end) {
        screen.end();
        String sum = HexFormat.of().formatHex(digest.digest());
        if (end.length() != bytes || !sum.equals(end.sha256())) {
            throw new Refused(Code.PAYLOAD_DIGEST, "The payload is not the one that the keep sent.");
        }
    }

    long bytes() {
        return bytes;
    }
}
