package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// A district under test: a fake vault, a shelf, a journal, and an intake between them.
final class World {
    final FakeLanding landing = new FakeLanding();
    final Map<String, byte[]> shelf = new TreeMap<>();
    final List<String> journal = new ArrayList<>();
    Instant now = Instant.parse("2026-11-23T06:30:00Z");
    Options options = Options.of("test");
    Limits limits = Limits.shipped();

    Intake intake() {
        Journal record = (kind, actor, facts) -> {
            journal.add(kind + " " + actor + " " + new TreeMap<>(facts));
            return journal.size();
        };
        Clock clock = Clock.fixed(now, ZoneId.of("America/New_York"));
        return new Intake(Catalogue.shipped(), limits, landing, new MapShelf(), record, clock);
    }

    Report run(Source source) {
        now = now.plusSeconds(60);
        return intake().run(source, options, Progress.unwatched());
    }

    Report run(Files files) {
        return run(files.zip());
    }

    static Source sample(String name) {
        try {
            return Source.at(Path.of(Objects.requireNonNull(World.class.getResource("samples/" + name))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A delivery being written by hand.
    static final class Files {
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private final Map<String, String> modes = new LinkedHashMap<>();
        private final String version;

        Files(String version) {
            this.version = version;
        }

        /// A file and its mode; lines are joined as the standard wants.
        Files with(String name, String mode, String... lines) {
            return with(name, mode, (String.join("\r\n", lines) + "\r\n").getBytes(UTF_8));
        }

        Files with(String name, String mode, byte[] content) {
            files.put(name + ".csv", content);
            modes.put(name, mode);
            return this;
        }

        Files without(String name) {
            files.remove(name + ".csv");
            modes.remove(name);
            return this;
        }

        /// Announces a file otherwise than it is.
        Files announcing(String name, String mode) {
            modes.put(name, mode);
            return this;
        }

        /// A line behind those the file has.
        Files plus(String name, String line) {
            String old = new String(files.get(name + ".csv"), UTF_8);
            return with(name, modes.get(name), (old + line + "\r\n").getBytes(UTF_8));
        }

        /// The file with one text for another.
        Files changing(String name, String old, String now) {
            String before = new String(files.get(name + ".csv"), UTF_8);
            if (!before.contains(old)) {
                throw new IllegalArgumentException(old);
            }
            return with(name, modes.get(name), before.replace(old, now).getBytes(UTF_8));
        }

        Map<String, byte[]> all() {
            Map<String, byte[]> all = new LinkedHashMap<>();
            StringBuilder manifest = new StringBuilder("propertyName,value\r\nmanifest.version,1.0\r\n");
            manifest.append("oneroster.version,").append(version).append("\r\n");
            for (String file : new Columns(version).files()) {
                String name = file.replace(".csv", "");
                manifest.append("file.").append(name).append(',').append(modes.getOrDefault(name, "absent"));
                manifest.append("\r\n");
            }
            all.put("manifest.csv", manifest.toString().getBytes(UTF_8));
            all.putAll(files);
            return all;
        }

        Source zip() {
            return new Source.Held(zipped(all()));
        }
    }

    static byte[] zipped(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// The smallest district that has everything: one district org, one school, a year and a term, a course, a class, a
    /// teacher, a pupil, a guardian.
    static Files small() {
        return new Files("1.2")
                .with(
                        "orgs",
                        "bulk",
                        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
                        "o1,,,Larkspur Hollow,district,LHD,",
                        "o2,,,Copper Kettle,school,CK,o1")
                .with(
                        "academicSessions",
                        "bulk",
                        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
                        "y1,,,Year,schoolYear,2026-08-24,2027-06-12,,2027",
                        "t1,,,Autumn,term,2026-08-24,2027-01-16,y1,2027")
                .with(
                        "courses",
                        "bulk",
                        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,"
                                + "subjects,subjectCodes",
                        "c1,,,y1,Biology,BIO,\"09,10\",o2,Biology,03051")
                .with(
                        "classes",
                        "bulk",
                        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
                                + "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
                        "k1,,,Biology 1,\"09,10\",c1,B1,scheduled,\"Lab \"\"B\"\"\",o2,t1,Biology,03051,\"1,3\"")
                .with(
                        "users",
                        "bulk",
                        USERS,
                        "p1,,,true,pip,,Pip,Thistledown,,N1,pip@students.example.org,,,g1,09,,,,,,o2,",
                        "x1,,,true,ott,{LDAP:ott},Ottilie,Fernwhistle,,N2,ott@staff.example.org,,,,,,,,,,o2,",
                        "g1,,,true,gil,,Gilda,Thistledown,,,gilda@mail.example.net,+1-555-0100,,,,,,,,,o2,")
                .with(
                        "roles",
                        "bulk",
                        ROLES,
                        "r1,,,p1,primary,student,2026-08-24,,o2,",
                        "r2,,,x1,primary,teacher,2026-08-24,,o2,",
                        "r3,,,g1,primary,guardian,,,o2,")
                .with(
                        "enrollments",
                        "bulk",
                        ENROLLMENTS,
                        "e1,,,k1,o2,x1,teacher,true,2026-08-24,2027-01-16",
                        "e2,,,k1,o2,p1,student,,2026-08-24,2027-01-16")
                .with(
                        "demographics",
                        "bulk",
                        DEMOGRAPHICS,
                        "p1,,,2012-03-14,female,false,false,false,false,true,false,false,US,OH,Kettleford,");
    }

    static final String USERS = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
            + "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
            + "preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns";
    static final String ROLES = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
            + "orgSourcedId,userProfileSourcedId";
    static final String ENROLLMENTS = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,"
            + "userSourcedId,role,primary,beginDate,endDate";
    static final String DEMOGRAPHICS = "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,"
            + "asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
            + "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,"
            + "publicSchoolResidenceStatus";

    private final class MapShelf implements Shelf {
        @Override
        public Optional<byte[]> get(String kind, String id) {
            return Optional.ofNullable(shelf.get(kind + "/" + id));
        }

        @Override
        public List<String> ids(String kind) {
            return List.copyOf(all(kind).keySet());
        }

        @Override
        public Map<String, byte[]> all(String kind) {
            Map<String, byte[]> found = new TreeMap<>();
            shelf.forEach((key, document) -> {
                if (key.startsWith(kind + "/")) {
                    found.put(key.substring(kind.length() + 1), document);
                }
            });
            return found;
        }

        @Override
        public void apply(List<Change> changes) {
            for (Change change : changes) {
                switch (change) {
                    case Change.Put put -> shelf.put(put.kind() + "/" + put.id(), put.document());
                    case Change.Remove remove -> shelf.remove(remove.kind() + "/" + remove.id());
                }
            }
        }
    }
}
