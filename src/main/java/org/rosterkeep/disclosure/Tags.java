package org.rosterkeep.disclosure;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.rosterkeep.entitlement.Edition;

/// Makes ETags before a byte of the body exists: an answer's bytes depend on nothing but the stream's edition and the
/// question, so a digest of those two, under a key of the domain, says when they are equal and nothing else. The key is
/// not the one that makes ids: what is computed for one purpose is of no use for the other.
///
/// The digest is a chain of the door's block cipher over the text, its length first (CBC-MAC, sound for texts
/// that say
/// their length): the door knows no other cryptography.
final class Tags {
    private static final int BLOCK = 16;

    private final Aliases.Book aliases;

    Tags(Aliases.Book aliases) {
        this.aliases = aliases;
    }

    String of(Edition edition, List<String> question) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        add(text, edition.stream());
        add(text, Long.toString(edition.number()));
        if (!edition.lapsed().isEmpty()) {
            add(text, edition.lapsed());
        }
        question.forEach(part -> add(text, part));
        return '"' + HexFormat.of().formatHex(mac(aliases.tags(edition.lens().domain()), text.toByteArray())) + '"';
    }

    private static void add(ByteArrayOutputStream text, String part) {
        byte[] bytes = Out.utf8(part);
        number(text, bytes.length);
        text.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream text, int number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            text.write(number >> shift);
        }
    }

    private static byte[] mac(Aliases aliases, byte[] text) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        number(whole, text.length);
        whole.writeBytes(text);
        byte[] padded = Arrays.copyOf(whole.toByteArray(), (whole.size() + BLOCK - 1) / BLOCK * BLOCK);
        byte[] state = new byte[BLOCK];
        for (int at = 0; at < padded.length; at += BLOCK) {
            for (int n = 0; n < BLOCK; n++) {
                state[n] ^= padded[at + n];
            }
            aliases.conceal(state, 1);
        }
        return state;
    }
}
