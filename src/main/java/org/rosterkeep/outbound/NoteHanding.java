package org.rosterkeep.outbound;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.rosterkeep.courier.wire.End;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.WireFault;

/// Hands one note to the courier: the order, its answer, the payload, the result.
record NoteHanding(Line line, Ear ear, Note note) {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration GRACE = Duration.ofSeconds(30);

    /// @return whether the line can be used again
    boolean run() throws InterruptedException {
        boolean gone = false;
        try {
            line.send(note.order().frame());
            long until = System.nanoTime()
                    + Duration.ofSeconds(note.order().deadlineSeconds())
                            .plus(GRACE)
                            .toNanos();
            while (true) {
                Optional<Frame> frame = ear.next(LOOK);
                if (frame.isEmpty()) {
                    if (!note.wanted().getAsBoolean() || System.nanoTime() > until) {
                        line.send(Frame.of(Frame.Kind.STOP));
                        ended(gone ? Result.Outcome.UNKNOWN : Result.Outcome.FAILED, "stopped");
                        return false;
                    }
                    continue;
                }
                switch (frame.get().kind()) {
                    case GO -> {
                        gone = true;
                        payload();
                    }
                    case REFUSE -> {
                        ended(
                                Result.Outcome.FAILED,
                                Refusal.read(frame.get()).code().word());
                        return true;
                    }
                    case RESULT -> {
                        var result = Result.read(frame.get());
                        ended(result.outcome(), result.code().word());
                        return true;
                    }
                    default -> throw new WireFault(WireFault.Code.KIND);
                }
            }
        } catch (WireFault broken) {
            ended(gone ? Result.Outcome.UNKNOWN : Result.Outcome.FAILED, "line");
            return false;
        }
    }

    private void payload() {
        line.send(new Frame(Frame.Kind.PAYLOAD, note.payload()));
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(note.payload());
            line.send(new End(HexFormat.of().formatHex(sum), note.payload().length).frame(Frame.Kind.END));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ended(Result.Outcome outcome, String code) {
        note.ended().accept(new Note.Told(outcome, code));
    }
}
