package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.log.Log;
import org.rosterkeep.vendors.House;

@DisplayName("Addresses without a district's name")
class NamelessTest {
    private final SecureRandom random = new SecureRandom();

    private Districts open(Path directory) {
        var home = new Home(directory.resolve("h"));
        home.make();
        var log = new Log(new PrintStream(new ByteArrayOutputStream()), Clock.systemUTC());
        return Districts.open(home, new Wiring(Clock.systemUTC(), random, log));
    }

    private District make(Districts districts, String name) throws IOException {
        return districts.make(
                new DistrictName(name), place -> UnsealingFile.create(District.unsealingFile(place), random));
    }

    private static Optional<String> nameless(Districts districts) {
        return new Street(districts).only().map(House::name);
    }

    @Test
    @DisplayName("go on leading to the first district when others are made, after a restart, too")
    void first(@TempDir Path directory) throws IOException {
        try (var districts = open(directory)) {
            assertEquals(Optional.empty(), nameless(districts));
            make(districts, "mytown");
            assertEquals(Optional.of("mytown"), nameless(districts));
            make(districts, "atown");
            make(districts, "zoo");
            assertEquals(Optional.of("mytown"), nameless(districts));
            assertEquals(Optional.empty(), districts.only(), "people still have to say which one they mean");
        }
        try (var districts = open(directory)) {
            assertEquals(Optional.of("mytown"), nameless(districts));
        }
    }

    @Test
    @DisplayName("lead nowhere when that one is gone and several are left, and to the last one when one is left")
    void gone(@TempDir Path directory) throws IOException {
        try (var districts = open(directory)) {
            var first = make(districts, "mytown");
            var second = make(districts, "atown");
            make(districts, "zoo");
            districts.dispose(first);
            assertEquals(Optional.empty(), nameless(districts));
            make(districts, "mytown");
            assertEquals(Optional.empty(), nameless(districts), "another district of the same name is another one");
            districts.dispose(districts.find("mytown").orElseThrow());
            districts.dispose(second);
            assertEquals(Optional.of("zoo"), nameless(districts));
        }
    }
}
