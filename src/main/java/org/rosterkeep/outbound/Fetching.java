package org.rosterkeep.outbound;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.rosterkeep.courier.wire.End;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.WireFault;

/// Has the courier fetch one thing: the order, its answer, what the other side gave, the result. What came is
/// whole only
/// when its length and its sum are those the courier saw.
final class Fetching {
    private static final int LOOK_FRAMES = 64;

    private final Talk talk;
    private final Fetch fetch;
    private final Order order;
    private final MessageDigest digest;
    private long length;
    private boolean whole;

    Fetching(Line line, Ear ear, Fetch fetch) {
        this.fetch = fetch;
        order = fetch.order();
        talk = new Talk(line, ear, Duration.ofSeconds(order.deadlineSeconds()));
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return whether the line can be used again
    boolean run() throws InterruptedException {
        Fetch.Ended ended = Fetch.Ended.of(Result.Outcome.FAILED, "fault");
        try {
            talk.say(order.frame());
            ended = asked();
            return true;
        } catch (Talk.Stopped stopped) {
            ended = Fetch.Ended.of(Result.Outcome.FAILED, stopped.why());
            var _ = talk.stop();
            return false;
        } catch (WireFault broken) {
            ended = Fetch.Ended.of(Result.Outcome.FAILED, "line-" + Outbox.lower(broken.code()));
            return false;
        } finally {
            fetch.ended(ended);
        }
    }

    private Fetch.Ended asked() throws InterruptedException {
        Frame answer = talk.await(fetch::objection);
        return switch (answer.kind()) {
            case REFUSE ->
                Fetch.Ended.of(
                        Result.Outcome.REFUSED, Refusal.read(answer).code().word());
            case RESULT -> Fetch.Ended.of(result(answer), false);
            case GO -> brought();
            case HELLO, NEXT, ORDER, PAYLOAD, END, STOP, BODY, BODY_END -> throw new WireFault(WireFault.Code.KIND);
        };
    }

    private Fetch.Ended brought() throws InterruptedException {
        for (int frames = 1; true; frames++) {
            Frame frame = talk.await(fetch::objection);
            switch (frame.kind()) {
                case BODY -> take(frame.body());
                case BODY_END -> whole = end(End.read(frame));
                case RESULT -> {
                    return Fetch.Ended.of(result(frame), whole);
                }
                case HELLO, NEXT, ORDER, GO, REFUSE, PAYLOAD, END, STOP -> throw new WireFault(WireFault.Code.KIND);
            }
            if (frames % LOOK_FRAMES == 0) {
                // What pours in without a pause is looked at as well.
                fetch.objection().ifPresent(why -> {
                    throw new Talk.Stopped(why);
                });
            }
        }
    }

    private void take(byte[] piece) {
        length += piece.length;
        if (whole || length > order.maxBytes()) {
            throw new Talk.Stopped("answer-size");
        }
        digest.update(piece);
        try {
            fetch.take(piece);
        } catch (RuntimeException unkept) {
            // A full disk, for one; it is ours, and tells nothing of what came.
            throw new Talk.Stopped("spool");
        }
    }

    private boolean end(End end) {
        return end.length() == length && end.sha256().equals(HexFormat.of().formatHex(digest.digest()));
    }

    private Result result(Frame frame) {
        Result result = Result.read(frame);
        if (!result.delivery().equals(order.delivery())) {
            throw new WireFault(WireFault.Code.KIND);
        }
        return result;
    }
}
