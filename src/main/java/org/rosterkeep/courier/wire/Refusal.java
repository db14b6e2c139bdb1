package org.rosterkeep.courier.wire;

import jakarta.json.Json;

/// The courier will not do it, and nothing left.
///
/// @param what a sentence for the operator; of the courier's own words, so that it names nobody
public record Refusal(Code code, String what) {
    public Frame frame() {
        return Frame.of(
                Frame.Kind.REFUSE,
                Json.createObjectBuilder()
                        .add("code", code.word())
                        .add("what", what)
                        .build());
    }

    public static Refusal read(Frame frame) {
        if (frame.kind() != Frame.Kind.REFUSE) {
            throw new WireFault(WireFault.Code.KIND);
        }
        Members members = frame.members();
        Refusal refusal = new Refusal(members.word("code", Code::of), members.text("what", Members.SHORT));
        members.close();
        return refusal;
    }
}
