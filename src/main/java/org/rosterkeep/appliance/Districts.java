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
    private final ConcurrentSkipListMap<DistrictName, District> all = new ConcurrentSkipListMap<>();

    private Districts(Home home, Wiring wiring) {
        this.home = home;
        this.wiring = wiring;
    }

    static Districts open(Home home, Wiring wiring) {
        var districts = new Districts(home, wiring);
        for (var name : home.names()) {
            districts.all.put(name, District.find(name, home.district(name), wiring));
        }
        return districts;
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
        if (all.containsKey(name) || Files.exists(home.district(name))) {
            throw new Trouble(
                    Exit.REFUSED,
                    "There is a district of this name.",
                    "A second one would overwrite its keys.",
                    "Choose another name, or dispose of that one first.");
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
        district.close();
        Home.remove(District.keys(district.directory()));
        Home.remove(district.directory());
    }

    @Override
    public void close() {
        all.values().forEach(District::close);
    }
}
