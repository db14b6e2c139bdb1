package org.rosterkeep.outbound;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.WireFault;
import org.rosterkeep.disclosure.DisclosureFault;

/// Hands one errand to the courier: the order, its answer, the payload, the result.
final class Handing {
    private final Talk talk;
    private final Errand errand;

    Handing(Line line, Ear ear, Errand errand) {
        this.errand = errand;
        talk = new Talk(line, ear, errand.outbox().settings().deadline());
    }

    /// @return whether the line can be used again
    boolean run() throws InterruptedException {
        try {
            talk.say(errand.order().frame());
            Frame answer = await(Optional.empty());
            return switch (answer.kind()) {
                case REFUSE -> {
                    errand.outbox().refused(errand, Ending.of(Refusal.read(answer)));
                    yield true;
                }
                case RESULT -> {
                    errand.outbox().refused(errand, Ending.of(result(answer)));
                    yield true;
                }
                case GO -> gone();
                case HELLO, NEXT, ORDER, PAYLOAD, END, STOP, BODY, BODY_END -> throw new WireFault(WireFault.Code.KIND);
            };
        } catch (Talk.Stopped stopped) {
            stop();
            errand.outbox().stopped(errand, stopped.why());
            return false;
        } catch (WireFault broken) {
            errand.outbox().refused(errand, Ending.of("line-" + Outbox.lower(broken.code())));
            return false;
        } catch (RuntimeException | Error fault) {
            errand.outbox().refused(errand, Ending.of("fault"));
            throw fault;
        }
    }

    private boolean gone() throws InterruptedException {
        Optional<String> refused = errand.outbox().begin(errand);
        if (refused.isPresent()) {
            throw new Talk.Stopped(refused.get());
        }
        // From here on it may have been sent, whatever happens.
        AtomicReference<Optional<String>> fault = new AtomicReference<>(Optional.empty());
        Thread writer = Thread.ofVirtual().name("hatch-payload").start(() -> write(fault));
        try {
            Result result = result(await(Optional.of(fault)));
            writer.join(Talk.LAST_WORD);
            boolean clean = !writer.isAlive();
            errand.outbox().ended(errand, Ending.of(result));
            return clean;
        } catch (Talk.Stopped stopped) {
            Optional<Result> told = stop();
            if (told.filter(one -> one.outcome() == Result.Outcome.DELIVERED).isPresent()) {
                errand.outbox().ended(errand, Ending.of(told.get()));
            } else {
                errand.outbox().stopped(errand, stopped.why());
            }
            return false;
        } catch (WireFault broken) {
            errand.outbox().ended(errand, Ending.of("line-" + Outbox.lower(broken.code())));
            return false;
        }
    }

    private void write(AtomicReference<Optional<String>> fault) {
        try {
            PayloadStream payload = new PayloadStream(talk::say);
            errand.parcel().writeTo(payload);
            payload.end();
        } catch (DisclosureFault withdrawn) {
            fault.set(Optional.of(withdrawn.reason().map(Outbox::word).orElse("fault")));
        } catch (WireFault broken) {
            // The listening side finds that out, and what the courier said before.
            return;
        } catch (IOException | RuntimeException unreadable) {
            fault.set(Optional.of("fault"));
        }
    }

    /// The courier's next frame, unless the errand must not go on.
    private Frame await(Optional<AtomicReference<Optional<String>>> fault) throws InterruptedException {
        return talk.await(() ->
                fault.flatMap(AtomicReference::get).or(() -> errand.outbox().objection(errand)));
    }

    private Result result(Frame frame) {
        Result result = Result.read(frame);
        if (!result.delivery().equals(errand.delivery().id())) {
            throw new WireFault(WireFault.Code.KIND);
        }
        return result;
    }

    private Optional<Result> stop() throws InterruptedException {
        try {
            return talk.stop().map(this::result);
        } catch (WireFault nonsense) {
            return Optional.empty();
        }
    }
}
