package org.rosterkeep.courier.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How a delivery travels, and what it is.
public enum Way {
    /// POST of `application/json`: an object whose members are collections (`users`, `classes`) of records.
    HTTPS_JSON,
    /// POST of `application/zip`: OneRoster CSV files.
    HTTPS_ZIP,
    /// The same, put down as a file.
    SFTP_ZIP,
    /// POST of a small JSON object that tells of a change and of nobody; see [#WEBHOOK_MEMBERS].
    WEBHOOK,
    /// A mail that tells of the appliance and of nobody: an object with `subject` and `lines`. From whom and to whom is
    /// in the signed text, as its member `mail`.
    SMTP,
    /// GET: the other side's answer comes back.
    SIS_GET,
    /// A file is fetched.
    SFTP_GET;

    /// All that a webhook can say.
    public static final Set<String> WEBHOOK_MEMBERS = Set.of(
            "event", "delivery", "at", "rule", "version", "edition", "since", "collections", "href", "disclosure");

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Way> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /// Whether the courier asks and the other side gives.
    public boolean fetches() {
        return this == SIS_GET || this == SFTP_GET;
    }

    public boolean sftp() {
        return this == SFTP_ZIP || this == SFTP_GET;
    }
}
