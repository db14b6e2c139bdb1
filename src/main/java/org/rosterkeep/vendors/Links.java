package org.rosterkeep.vendors;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The `Link` header of a page (RFC 8288): absolute, and repeating every other parameter as the client sent it.
final class Links {
    private final String url;
    private final String others;
    private final long limit;

    /// @param url scheme, authority and path of the collection as asked
    Links(String url, Parameters query, long limit) {
        this.url = url;
        this.limit = limit;
        this.others = query.all().stream()
                .filter(p -> !p.name().equals("limit") && !p.name().equals("offset"))
                .map(p -> Percent.tidy(p.raw()) + "&")
                .collect(Collectors.joining());
    }

    /// @param total matching records, whatever the page
    String header(long offset, long total) {
        long last = total == 0 ? 0 : (total - 1) / limit * limit;
        List<String> links = new ArrayList<>();
        if (offset < total && total - offset > limit) {
            links.add(link(offset + limit, "next"));
        }
        if (offset > 0) {
            links.add(link(offset > total ? last : Math.max(0, offset - limit), "prev"));
        }
        links.add(link(0, "first"));
        links.add(link(last, "last"));
        return String.join(", ", links);
    }

    private String link(long offset, String rel) {
        return "<" + url + "?" + others + "limit=" + limit + "&offset=" + offset + ">; rel=\"" + rel + "\"";
    }
}
