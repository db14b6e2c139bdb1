package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.rosterkeep.keys.Unsealing;

/// The districts of one appliance. Nothing joins them but this list.
final class Districts implements AutoCloseable {
    private final Home home;
    private final Wiring wiring;
    private final ConcurrentSkipListMap<DistrictName, District> all;
    private final Rehearsals rehearsals;
    private volatile Optional<District> first;

    private Districts(Home home, Wiring wiring, ConcurrentSkipListMap<DistrictName, District> all) {
        this.home = home;
        this.wiring = wiring;
        this.all = all;
        this.first = first(home, all);
        this.rehearsals = Rehearsals.open(home, list(), wiring);
    }

    static Districts open(Home home, Wiring wiring) {
        var all = new ConcurrentSkipListMap<DistrictName, District>();
        for (var name : home.names()) {
            all.put(name, District.find(name, home.district(name), wiring));
        }
        return new Districts(home, wiring, all);
    }

    Rehearsals rehearsals() {
        return rehearsals;
    }

    List<District> list() {
        return List.copyOf(all.values());
    }

    Optional<District> find(String name) {
        return DistrictName.valid(name) ? Optional.ofNullable(all.get(new DistrictName(name))) : Optional.empty();
    }

    /// The only one there is.
    Optional<District> only() {
        var list = list();
        return list.size() == 1 ? Optional.of(list.getFirst()) : Optional.empty();
    }

    /// The one that answers vendors without its name in the path: the only one, or the one that was the only one before
    /// others were made. Addresses that vendors were given do not stop because a district is added.
    Optional<District> nameless() {
        return only().or(() -> first);
    }

    private static Optional<District> first(Home home, ConcurrentSkipListMap<DistrictName, District> all) {
        try {
            var name = Files.exists(home.nameless())
                    ? Files.readString(home.nameless()).strip()
                    : "";
            return DistrictName.valid(name) ? Optional.ofNullable(all.get(new DistrictName(name))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The district a call is about: the one it names, or the only one.
    District of(Call call) {
        var named = call.optional("district");
        if (named.isPresent()) {
            return find(named.get())
                    .orElseThrow(() -> Trouble.notFound(
                            "There is no such district.", "See which there are: rosterkeep district list"));
        }
        return only().orElseThrow(() -> all.isEmpty()
                ? Trouble.notFound("There is no district yet.", "Make one: rosterkeep district make -h")
                : Trouble.wrongUse(
                        "It is not clear which district is meant.",
                        "There are " + all.size() + ".",
                        "Name one with --district; see: rosterkeep district list"));
    }

    /// Makes a new, empty district.
    ///
    /// @param unsealing how it opens, given its directory
    synchronized District make(DistrictName name, Function<Path, Unsealing> unsealing) throws IOException {
        if (!DistrictName.valid(name.text())) {
            throw Trouble.wrongUse(
                    "This is not a name a district can have.",
                    "It is how the twin of a rehearsal is called.",
                    "Choose another name, for instance: rosterkeep district make springfield");
        }
        if (all.containsKey(name) || Files.exists(home.district(name))) {
            throw new Trouble(
                    Exit.REFUSED,
                    "There is a district of this name.",
                    "A second one would overwrite its keys.",
                    "Choose another name, or dispose of that one first.");
        }
        if (only().isPresent()) {
            Files.writeString(home.nameless(), only().get().name().text());
            first = only();
        }
        var directory = home.district(name);
        Home.makePrivate(directory);
        try {
            var district = District.make(name, directory, unsealing.apply(directory), wiring);
            all.put(name, district);
            return district;
        } catch (RuntimeException e) {
            // What was begun holds nothing yet, and its name is wanted again.
            Home.remove(directory);
            throw e;
        }
    }

    /// Destroys a district: its keys first, so that whatever of the rest survives on the disk is noise.
    synchronized void dispose(District district) throws IOException {
        all.remove(district.name());
        if (first.filter(district::equals).isPresent()) {
            first = Optional.empty();
            Files.deleteIfExists(home.nameless());
        }
        rehearsals.endAll(district);
        district.close();
        Home.remove(District.keys(district.directory()));
        Home.remove(district.directory());
    }

    @Override
    public void close() {
        rehearsals.close();
        all.values().forEach(District::close);
    }
}
