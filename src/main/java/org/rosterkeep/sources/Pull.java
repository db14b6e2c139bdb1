package org.rosterkeep.sources;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.intake.FileForm;
import org.rosterkeep.outbound.Fetch;
import org.rosterkeep.rules.RosterSource;
import org.rosterkeep.rules.SignedSource;

/// A OneRoster service asked collection after collection, page after page. Each page is read when it has come whole,
/// and only its rows are kept, sealed.
final class Pull extends Run {
    private static final String CSV = ".csv";

    private final RosterSource.Service service;
    private final Optional<Instant> since;
    private final FileForm form;
    private final Gathered gathered;
    private ByteArrayOutputStream page = new ByteArrayOutputStream();
    private int collection;
    private int restarts;
    private long pages;
    private long records;
    private long before;
    private Paging paging;
    private Copyist copyist;

    /// @param since asks only for what changed after it; empty: for everything
    Pull(SignedSource signed, RosterSource.Service service, Optional<Instant> since, Means means) {
        super(signed, means);
        this.service = service;
        this.since = since;
        form = new FileForm(service.oneRoster());
        gathered = new Gathered(means.spool().get(), form, since.isEmpty());
        paging = paging();
        copyist = copyist();
    }

    private String name() {
        return service.collections().get(collection);
    }

    private Paging paging() {
        return new Paging(service, name(), since, means().settings());
    }

    private Copyist copyist() {
        Copyist next = new Copyist(form, name(), since.isEmpty());
        next.files().forEach(gathered::begin);
        before = records;
        return next;
    }

    @Override
    boolean bulk() {
        return since.isEmpty();
    }

    @Override
    String soFar() {
        return pages + (pages == 1 ? " page, " : " pages, ") + records + (records == 1 ? " record" : " records");
    }

    @Override
    Order order() {
        Target place = Means.target(service.place(), service.country());
        return means().order(
                        signed(),
                        new Means.Asked(
                                Way.SIS_GET,
                                place.under(paging.path()),
                                service.token().map(at -> Means.target(at, service.country())),
                                secret(),
                                means().settings().pageBytesMax(),
                                means().settings().pageDeadline().toSeconds()));
    }

    private Secret secret() {
        Map<Secret.Part, String> parts = new EnumMap<>(Secret.Part.class);
        parts.putAll(means().secret().apply(signed().source().id()).parts());
        boolean named = parts.containsKey(Secret.Part.CLIENT_ID);
        boolean complete;
        if (service.token().isPresent()) {
            complete = named && parts.containsKey(Secret.Part.CLIENT_SECRET);
            parts.put(Secret.Part.SCOPE, service.scope());
        } else {
            complete = parts.containsKey(Secret.Part.TOKEN)
                    || parts.containsKey(Secret.Part.CLIENT_KEY)
                    || named && parts.containsKey(Secret.Part.CONSUMER_SECRET);
        }
        if (!complete) {
            throw new Hitch.Met(Hitch.SECRET_MISSING);
        }
        return new Secret(parts);
    }

    @Override
    void take(byte[] piece) {
        page.writeBytes(piece);
    }

    @Override
    void forget() {
        page = new ByteArrayOutputStream();
    }

    @Override
    void arrived(Fetch.Ended how) {
        if (!json(how.headers().getOrDefault("content-type", ""))) {
            throw new Hitch.Met(Hitch.CONTENT_TYPE);
        }
        try {
            if (!turned(how.headers())) {
                collection++;
                restarts = 0;
                if (collection == service.collections().size()) {
                    ready(gathered.source(signed().source().id()), Optional.empty());
                    return;
                }
                paging = paging();
                copyist = copyist();
            }
        } catch (Hitch.Met met) {
            if (met.hitch() != Hitch.MOVED || restarts == means().settings().restartsMax()) {
                throw met;
            }
            // From its beginning: what was read of it does not fit together.
            restarts++;
            records = before;
            paging = paging();
            copyist = copyist();
        }
    }

    private boolean turned(Map<String, String> headers) {
        Copyist.Copied copied = copyist.copy(page.toByteArray(), paging.seen());
        pages++;
        records += copied.fresh();
        gathered.add(name() + CSV, copied.rows());
        if (copied.roles().length > 0) {
            gathered.add("roles" + CSV, copied.roles());
        }
        return paging.on(copied, headers);
    }

    private static boolean json(String type) {
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return plain.equals("application/json") || plain.startsWith("application/") && plain.endsWith("+json");
    }

    @Override
    public void close() {
        gathered.close();
    }
}
