package org.rosterkeep.courier;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.courier.wire.Members;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.WireFault;

/// From whom and to whom a mail goes: what two people signed, and nothing an order could say.
///
/// @param implicit whether TLS begins with the connection; else the server is asked for it by STARTTLS, and without it
/// nothing is said
record Envelope(String sender, List<String> recipients, boolean implicit) {
    private static final int TEXT_MAX = 1 << 19;
    private static final int RECIPIENTS_MAX = 20;
    private static final String ADDRESS = "[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@"
            + "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}";

    Envelope {
        recipients = List.copyOf(recipients);
        if (!sender.matches(ADDRESS)
                || recipients.isEmpty()
                || recipients.size() > RECIPIENTS_MAX
                || !recipients.stream().allMatch(one -> one.matches(ADDRESS))) {
            throw new WireFault(WireFault.Code.FORM);
        }
    }

    static Envelope read(Members mail) {
        var envelope = new Envelope(
                mail.text("sender", Members.SHORT), mail.texts("recipients"), mail.word("tls", word -> switch (word) {
                    case "implicit" -> Optional.of(true);
                    case "starttls" -> Optional.of(false);
                    default -> Optional.empty();
                }));
        mail.close();
        return envelope;
    }

    /// Out of papers that [Grant#of] has looked at.
    static Envelope of(Papers papers) {
        return read(Members.read(papers.text().getBytes(StandardCharsets.UTF_8), TEXT_MAX)
                .part("mail"));
    }

    /// What the sender's address has behind the `@`.
    String domain() {
        return sender.substring(sender.indexOf('@') + 1);
    }
}
