package org.rosterkeep.appliance;

import java.util.TreeMap;
import org.rosterkeep.vendors.Sighting;

/// How pulls of one kind went. A run is every page from the first to the last, in any order.
final class Pulled {
    private long runs;
    private long whole;
    private long pages;
    private long records;
    private long gone;
    private boolean open;
    private final TreeMap<Long, Long> covered = new TreeMap<>();

    Pulled(long runs, long whole, long pages, long records, long gone) {
        this.runs = runs;
        this.whole = whole;
        this.pages = pages;
        this.records = records;
        this.gone = gone;
    }

    long runs() {
        return runs;
    }

    long whole() {
        return whole;
    }

    long pages() {
        return pages;
    }

    long records() {
        return records;
    }

    /// Tombstones among them.
    long gone() {
        return gone;
    }

    void page(long offset, Sighting.Given given) {
        pages++;
        records += given.count();
        gone += given.gone();
        long end = offset + given.count();
        if (!open || covers(offset, end)) {
            runs++;
            covered.clear();
            open = true;
        }
        cover(offset, end);
        if (given.total() == 0 || covers(0, given.total())) {
            whole++;
            covered.clear();
            open = false;
        }
    }

    /// A page that was there already: somebody began anew.
    private boolean covers(long from, long to) {
        var before = covered.floorEntry(from);
        return from < to && before != null && before.getValue() >= to;
    }

    private void cover(long from, long to) {
        long start = from;
        long end = to;
        var before = covered.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (var next = covered.ceilingEntry(start);
                next != null && next.getKey() <= end;
                next = covered.ceilingEntry(start)) {
            end = Math.max(end, next.getValue());
            covered.remove(next.getKey());
        }
        covered.put(start, end);
    }
}
