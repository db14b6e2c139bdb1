package org.rosterkeep.courier.wire;

import jakarta.json.Json;

/// All of a payload was sent, and this is what it must come to.
///
/// @param sha256 of all its bytes, lower-case hex
public record End(String sha256, long length) {
    public End {
        if (!sha256.matches("[0-9a-f]{64}") || length < 0) {
            throw new WireFault("sha256");
        }
    }

    /// @param kind [Frame.Kind#END] or [Frame.Kind#BODY_END]
    public Frame frame(Frame.Kind kind) {
        return Frame.of(
                kind,
                Json.createObjectBuilder()
                        .add("sha256", sha256)
                        .add("length", length)
                        .build());
    }

    public static End read(Frame frame) {
        if (frame.kind() != Frame.Kind.END && frame.kind() != Frame.Kind.BODY_END) {
            throw new WireFault(WireFault.Code.KIND);
        }
        Members members = frame.members();
        End end = new End(members.text("sha256", 64), members.number("length", 0, Long.MAX_VALUE));
        members.close();
        return end;
    }
}
