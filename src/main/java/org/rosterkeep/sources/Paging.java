package org.rosterkeep.sources;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.RosterSource;

/// The way through one collection, page after page: the link the service gives, or the next offset. It ends only where
/// the service says so, by a missing link, by its own count, or by a page with nothing on it: a short page says
/// nothing,
/// because a service may give fewer than were asked for.
final class Paging {
    private static final Pattern LINK = Pattern.compile("<([^<>]*)>([^,<]*)");
    private static final Pattern REL = Pattern.compile(";\\s*rel\\s*=\\s*\"?([^\";]*)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACE = Pattern.compile("https://([^/?#:]+)(?::([0-9]{1,5}))?(/[^#]*)?");
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int EMPTY_MAX = 3;

    private final RosterSource.Service service;
    private final String collection;
    private final Optional<Instant> since;
    private final SourceSettings settings;
    private final Seen seen = new Seen();
    private final Set<String> asked = new HashSet<>();
    private Optional<Long> total = Optional.empty();
    private long received;
    private int empty;
    private String path;

    /// @param since asks only for what changed after it
    Paging(RosterSource.Service service, String collection, Optional<Instant> since, SourceSettings settings) {
        this.service = service;
        this.collection = collection;
        this.since = since;
        this.settings = settings;
        path = offset(0);
        asked.add(path);
    }

    /// What is to be asked for next.
    String path() {
        return path;
    }

    Seen seen() {
        return seen;
    }

    private String base() {
        return service.place().path() + "/" + collection;
    }

    private String offset(long offset) {
        String filter = since.map(from -> "&filter="
                        + URLEncoder.encode("dateLastModified>='" + MILLIS.format(from) + "'", StandardCharsets.UTF_8))
                .orElse("");
        return base() + "?limit=" + service.pageSize() + "&offset=" + offset + filter;
    }

    /// Goes on after a page.
    ///
    /// @param headers of the answer
    /// @return whether there is another one
    /// @throws Hitch.Met when the way leads nowhere, or the list moved under it
    boolean on(Copyist.Copied page, Map<String, String> headers) {
        received += page.records();
        counted(headers);
        if (received > settings.recordsMax() || asked.size() > settings.pagesMax()) {
            throw new Hitch.Met(Hitch.TOO_MANY);
        }
        Optional<String> links = Optional.ofNullable(headers.get("link")).filter(text -> text.contains("<"));
        Optional<String> next = links.flatMap(this::next);
        if (next.isPresent()) {
            return linked(page, next.get());
        }
        boolean more = links.isEmpty() && (total.isPresent() ? received < total.get() : mayBeMore(page));
        if (!more || page.records() == 0) {
            return ended();
        }
        if (page.fresh() == 0) {
            throw new Hitch.Met(total.isPresent() ? Hitch.MOVED : Hitch.NO_PROGRESS);
        }
        return turn(offset(received), Hitch.NO_PROGRESS);
    }

    /// Without a link and without a count, all has come only when nothing more does, or when the service gave more than
    /// it was asked for: then it does not page.
    private boolean mayBeMore(Copyist.Copied page) {
        return page.records() > 0 && page.records() <= service.pageSize();
    }

    private boolean linked(Copyist.Copied page, String next) {
        empty = page.records() == 0 ? empty + 1 : 0;
        if (empty > EMPTY_MAX || page.records() > 0 && page.fresh() == 0) {
            throw new Hitch.Met(Hitch.LINK_ENDLESS);
        }
        return turn(next, Hitch.LINK_ENDLESS);
    }

    private boolean turn(String next, Hitch again) {
        if (!asked.add(next)) {
            throw new Hitch.Met(again);
        }
        path = next;
        return true;
    }

    private void counted(Map<String, String> headers) {
        Optional<Long> said = Optional.ofNullable(headers.get("x-total-count"))
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(Long::valueOf);
        if (said.isPresent() && total.isPresent() && !said.equals(total)) {
            throw new Hitch.Met(Hitch.MOVED);
        }
        total = total.or(() -> said);
    }

    /// Whoever slipped from one page to another while they were read is missing, and would look as if they had left. A
    /// delta takes nothing away by what it does not name, and services count strangely there.
    private boolean ended() {
        boolean moved = total.isPresent() ? seen.size() != total.get() : seen.size() != received;
        if (since.isEmpty() && moved) {
            throw new Hitch.Met(Hitch.MOVED);
        }
        return false;
    }

    /// The link to the next page, as a path of the same collection.
    private Optional<String> next(String links) {
        Matcher link = LINK.matcher(links);
        while (link.find()) {
            Matcher rel = REL.matcher(link.group(2));
            if (rel.find() && List.of(rel.group(1).strip().split("\\s+")).contains("next")) {
                return Optional.of(below(link.group(1).strip()));
            }
        }
        return Optional.empty();
    }

    private String below(String link) {
        String there = link;
        if (!link.startsWith("/")) {
            Matcher place = PLACE.matcher(link);
            PushTarget.Place ours = service.place();
            boolean same = place.matches()
                    && place.group(1).equalsIgnoreCase(ours.host())
                    && Optional.ofNullable(place.group(2)).map(Integer::valueOf).orElse(443) == ours.port();
            if (!same) {
                throw new Hitch.Met(Hitch.LINK_ELSEWHERE);
            }
            there = Optional.ofNullable(place.group(3)).orElse("/");
        }
        if (!there.startsWith(base() + "?") || !there.matches("[!-~&&[^#\\\\]]+") || there.length() > 2048) {
            throw new Hitch.Met(Hitch.LINK_ELSEWHERE);
        }
        return there;
    }
}
