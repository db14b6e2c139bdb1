package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/// The courier's first word on every line. A courier that is not confined is given no order.
///
/// @param program its version
/// @param findings codes of what it found wrong with its own confinement
public record Hello(String program, Confined confined, List<String> findings) {
    /// The version of this language.
    public static final int PROTOCOL = 1;

    private static final String TRIAL = "trial";

    /// Whether the operating system keeps the courier in.
    public enum Confined {
        YES,
        NO,
        /// There is no fence in a trial, and none is claimed.
        TRIAL
    }

    public Hello {
        findings = List.copyOf(findings);
    }

    public Frame frame() {
        var json = Json.createObjectBuilder().add("protocol", PROTOCOL).add("program", program);
        switch (confined) {
            case YES -> json.add("confined", true);
            case NO -> json.add("confined", false);
            case TRIAL -> json.add("confined", TRIAL);
        }
        return Frame.of(
                Frame.Kind.HELLO,
                json.add("findings", Json.createArrayBuilder(findings)).build());
    }

    /// Reads the first frame of a line. Another version is refused before anything else in it is looked at.
    public static Hello read(Frame frame) {
        if (frame.kind() != Frame.Kind.HELLO) {
            throw new WireFault(WireFault.Code.KIND);
        }
        Members members = frame.members();
        if (members.number("protocol", 0, Integer.MAX_VALUE) != PROTOCOL) {
            throw new WireFault(WireFault.Code.VERSION);
        }
        Hello hello = new Hello(members.text("program", Members.SHORT), confined(members), members.texts("findings"));
        members.close();
        return hello;
    }

    private static Confined confined(Members members) {
        JsonValue value = members.value("confined").orElseThrow(() -> new WireFault("confined"));
        if (value instanceof JsonString text && text.getString().equals(TRIAL)) {
            return Confined.TRIAL;
        }
        return members.flag("confined") ? Confined.YES : Confined.NO;
    }
}
