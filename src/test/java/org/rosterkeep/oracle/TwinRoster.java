package org.rosterkeep.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Rosters that agree in everything a client of one school may see, and in nothing else. What may be seen comes from
/// the common seed, record by record; the rest comes from this twin's own dice, thrown anew for every delivery: other
/// schools and their people, the values of withheld fields, hidden roles of people in view, the order of the rows, and
/// whether a record that is not in view yet, or no more, lives on elsewhere.
///
/// In view is whoever is a student or a teacher at `north`, as [TwinRules] has it.
final class TwinRoster {
    static final int ROUNDS = 4;
    /// As many pupils as a floored roster has had, and has in its last round: so many go at once that it waits.
    static final int MANY = 26;
    private static final int STAY = 3;
    private static final int FEW = 14;
    private static final int CLASSES = 4;
    private static final List<String> INITIALS = List.of("A", "b", "\u00d6", "\u674e", "O", "\ud835\udd38");

    private final long seed;
    private final Random dice;
    private final Map<String, List<String>> files = new LinkedHashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final boolean floors;
    private final int students;
    private int round;

    TwinRoster(long seed, long own) {
        this(seed, own, false);
    }

    private TwinRoster(long seed, long own, boolean floors) {
        this.seed = seed;
        this.dice = new Random(own);
        this.floors = floors;
        students = floors ? MANY : FEW;
    }

    /// One that has, besides, people and a class at the school whom floors keep back ([TwinFloors]): all of
    /// them is this
    /// twin's own, but for the first delivery also whether they are there.
    static TwinRoster floored(long seed, long own) {
        return new TwinRoster(seed, own, true);
    }

    /// Values of the last delivery that nobody may see.
    Set<String> secrets() {
        return secrets;
    }

    /// Writes what the district is like in this round, 0 to [#ROUNDS] - 1, as a OneRoster folder.
    void write(Path folder, int now) throws IOException {
        round = now;
        files.clear();
        secrets.clear();
        orgs();
        sessions();
        courses();
        classes();
        users();
        enrollments();
        demographics();
        Files.createDirectories(folder);
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            List<String> rows = new ArrayList<>(file.getValue());
            Collections.shuffle(rows.subList(1, rows.size()), dice);
            Files.writeString(folder.resolve(file.getKey() + ".csv"), String.join("\r\n", rows) + "\r\n");
        }
        manifest(folder);
    }

    private void manifest(Path folder) throws IOException {
        StringBuilder rows = new StringBuilder("propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n");
        for (String name : ("academicSessions,categories,classes,classResources,courses,courseResources,demographics,"
                        + "enrollments,lineItems,orgs,resources,results,users,lineItemLearningObjectiveIds,"
                        + "lineItemScoreScales,resultLearningObjectiveIds,resultScoreScales,roles,scoreScales,"
                        + "userProfiles,userResources")
                .split(",")) {
            rows.append("file.").append(name).append(files.containsKey(name) ? ",bulk\n" : ",absent\n");
        }
        Files.writeString(folder.resolve("manifest.csv"), rows);
    }

    /// The dice of what both twins have in common about one thing; thrown anew when its version moves.
    private Random seen(String what) {
        int version = 0;
        for (int n = 1; n <= round; n++) {
            version += mixed(what + "#" + n).nextInt(3) == 0 ? 1 : 0;
        }
        return mixed(what + "@" + version);
    }

    private Random mixed(String what) {
        long z = seed * 0x9e3779b97f4a7c15L + what.hashCode();
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        return new Random(z ^ z >>> 27);
    }

    boolean coin() {
        return dice.nextBoolean();
    }

    private String secret(String kind) {
        String text = kind + Integer.toString(dice.nextInt(1 << 30), 36);
        secrets.add(text);
        return text;
    }

    /// A secret, or nothing.
    private String maybe(String kind) {
        return coin() ? secret(kind) : "";
    }

    /// A hidden cell as it should be, or one that no import can read: too long to be one.
    private String perhapsSpoilt(String cell) {
        return dice.nextInt(5) == 0 ? secret("spoilt").repeat(1_000) : cell;
    }

    private <T> T one(Random from, List<T> of) {
        return of.get(from.nextInt(of.size()));
    }

    /// Whether somebody or something belongs to the school in this round: most all the time, some come, some go.
    private boolean here(String what) {
        Random fate = mixed("fate of " + what);
        int comes = fate.nextInt(4) == 0 ? 1 + fate.nextInt(2) : 0;
        int goes = fate.nextInt(3) == 0 ? comes + 1 + fate.nextInt(2) : ROUNDS;
        boolean gone = floors
                && round == ROUNDS - 1
                && what.startsWith("pupil")
                && Integer.parseInt(what.substring("pupil".length())) >= STAY;
        return round >= comes && round < goes && !gone;
    }

    private void row(String file, Object... cells) {
        files.get(file)
                .add(java.util.Arrays.stream(cells)
                        .map(Objects::toString)
                        .map(cell -> cell.contains(",") ? '"' + cell + '"' : cell)
                        .collect(Collectors.joining(",")));
    }

    private boolean has(String file, String id) {
        return files.get(file).stream().anyMatch(row -> row.startsWith(id + ","));
    }

    private void head(String file, String columns) {
        files.put(file, new ArrayList<>(List.of(columns)));
    }

    private void orgs() {
        head("orgs", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId");
        row("orgs", "district", "", "", secret("District "), "district", secret("d"), "");
        String name = "North " + seen("north").nextInt(3);
        row("orgs", "north", "", "", name, "school", "N1", coin() ? "district" : "");
        row("orgs", "south", "", "", secret("South "), "school", maybe("s"), "district");
        for (int n = dice.nextInt(4); n > 0; n--) {
            String parent = one(dice, List.of("district", "south", "north"));
            String type = one(dice, List.of("department", "school", "local"));
            row("orgs", secret("org-"), "", "", secret("Hidden "), type, maybe("i"), parent);
        }
    }

    private void sessions() {
        head(
                "academicSessions",
                "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear");
        session("year", "schoolYear", "2026-08-24", "");
        session("fall", "term", "2026-08-24", "year");
        session("fall-1", "gradingPeriod", "2026-09-0" + (1 + seen("fall-1").nextInt(3)), "fall");
        session("spring", "term", "2027-01-16", "year");
        session("spring-1", "gradingPeriod", "2027-01-16", "spring");
        for (int n = dice.nextInt(3); n > 0; n--) {
            session(secret("ses-"), "term", "2027-02-0" + (1 + dice.nextInt(8)), coin() ? "year" : "");
        }
    }

    private void session(String id, String type, String start, String parent) {
        row("academicSessions", id, "", "", secret("Session "), type, start, "2027-06-12", parent, "2027");
    }

    private void courses() {
        head(
                "courses",
                "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,"
                        + "subjectCodes");
        for (String id : List.of("math", "art")) {
            String org = id.equals("math") ? one(dice, List.of("district", "south", "")) : "north";
            String title = "Course " + seen(id).nextInt(9);
            row("courses", id, "", "", "year", title, maybe("c"), coin() ? "05" : "", org, "Mathematics", "");
        }
        for (int n = dice.nextInt(3); n > 0; n--) {
            String org = one(dice, List.of("north", "south", "district"));
            row("courses", secret("crs-"), "", "", "year", secret("Hidden "), "", "", org, "", "");
        }
    }

    private void classes() {
        head(
                "classes",
                "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
                        + "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods");
        for (int n = 0; n < CLASSES; n++) {
            if (here("class" + n)) {
                klass(n, "Class " + seen("class" + n).nextInt(6), "north");
            } else if (coin()) {
                klass(n, secret("Hidden "), "south");
            }
        }
        row(
                "classes",
                secret("class-"),
                "",
                "",
                secret("Hidden "),
                "",
                "art",
                "",
                "homeroom",
                "",
                "south",
                "fall",
                "",
                "",
                "");
        if (floors && kept()) {
            String title = secret("Kept ");
            row(
                    "classes",
                    TwinFloors.CLASS,
                    "",
                    "",
                    title,
                    "05",
                    "math",
                    "",
                    "homeroom",
                    "",
                    "north",
                    "fall",
                    "",
                    "",
                    "");
        }
        row(
                "classes",
                "south-class",
                "",
                "",
                secret("Hidden "),
                "",
                "math",
                "",
                "scheduled",
                "",
                "south",
                "fall",
                "",
                "",
                "");
    }

    /// Whether somebody or something that floors keep back is in this delivery.
    private boolean kept() {
        return round == 0 || coin();
    }

    private void klass(int n, String title, String school) {
        String type = coin() ? "homeroom" : "scheduled";
        String term = n % 2 == 0 ? "fall" : "spring";
        String course = n == 3 ? "art" : "math";
        row(
                "classes",
                "class" + n,
                "",
                "",
                title,
                "05,06",
                course,
                maybe("k"),
                type,
                perhapsSpoilt(maybe("Room ")),
                school,
                term,
                "",
                "",
                coin() ? "1" : "");
    }

    private void users() {
        head(
                "users",
                "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,"
                        + "identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
                        + "preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns");
        head(
                "roles",
                "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                        + "userProfileSourcedId");
        head(
                "userProfiles",
                "sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,"
                        + "credentialType,username,password");
        for (int n = 0; n < students; n++) {
            person("pupil" + n, "student");
        }
        person("tee", "teacher");
        person("cher", "teacher");
        for (int n = 0; n < 6; n++) {
            hiddenPerson("elsewhere" + dice.nextInt(8), "student", "south");
            hiddenPerson("parent" + dice.nextInt(4), "guardian", "north");
        }
        if (floors) {
            for (String id : TwinFloors.KEPT) {
                if (kept()) {
                    hiddenPerson(id, "student", "north");
                }
            }
            Random common = seen(TwinFloors.CONTESTED);
            String name = "Given" + common.nextInt(4);
            user(TwinFloors.CONTESTED, true, name, secret(one(dice, INITIALS)), "", "", "05", "", "north");
            role(TwinFloors.CONTESTED, "student", "north", "2026-08-24", "primary");
        }
        hiddenPerson("head", "principal", coin() ? "north" : "district");
    }

    private void person(String id, String role) {
        if (here(id)) {
            visiblePerson(id, role);
        } else if (coin()) {
            hiddenPerson(id, role, "south");
        }
    }

    private void visiblePerson(String id, String role) {
        Random common = seen(id);
        boolean preferred = common.nextInt(3) == 0;
        String name = "Given" + common.nextInt(4);
        String family = one(common, INITIALS) + maybe("family");
        String middle = common.nextBoolean() ? one(common, INITIALS) + secret("middle") : "";
        String grade = role.equals("student") ? one(common, List.of("05", "06")) : "";
        boolean home = common.nextBoolean();
        List<String> agents = new ArrayList<>(common.nextBoolean() && here("tee") ? List.of("tee") : List.of());
        if (coin()) {
            agents.add(dice.nextInt(agents.size() + 1), "head");
        }
        user(
                id,
                common.nextInt(5) != 0,
                preferred ? secret("Legal") : name,
                family,
                middle,
                String.join(",", agents),
                grade,
                preferred ? name : "",
                home ? "north" : one(dice, List.of("", "south", "district")));
        role(id, role, "north", "2026-08-2" + dice.nextInt(9), "primary");
        if (coin()) {
            role(id, one(dice, List.of("student", "teacher", "aide")), "south", "2026-09-01", "secondary");
        }
        if (coin()) {
            role(id, one(dice, List.of("counselor", "guardian", "aide")), "north", "2026-09-01", "secondary");
        }
    }

    private void role(String user, String role, String org, String since, String type) {
        String profile = "";
        if (coin()) {
            profile = "profile-" + secret("");
            row("userProfiles", profile, "", "", user, secret("LMS"), "v", maybe("a"), maybe("d"), "", "", "");
        }
        row("roles", "role-" + secret(""), "", "", user, type, role, since, "", org, profile);
    }

    private void hiddenPerson(String id, String role, String org) {
        if (!has("users", id)) {
            user(id, coin(), secret("Hid"), secret("Den"), "", "", "05", "", org);
            role(id, role, org, "2026-08-24", "primary");
        }
    }

    private void user(
            String id,
            boolean enabled,
            String given,
            String family,
            String middle,
            String agents,
            String grades,
            String preferred,
            String home) {
        row(
                "users",
                id,
                "",
                "",
                enabled,
                secret("login."),
                perhapsSpoilt(coin() ? "{LDAP:" + secret("l") + "}" : secret("no list")),
                given,
                family,
                middle,
                perhapsSpoilt(maybe("N")),
                coin() ? secret("m") + "@x.example" : "",
                coin() ? "+1-555-01" + (10 + dice.nextInt(89)) : "",
                "",
                agents,
                grades,
                "",
                maybe("state-"),
                preferred,
                "",
                maybe("Pref"),
                home,
                maybe("they"));
    }

    private void enrollments() {
        head(
                "enrollments",
                "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
                        + "beginDate,endDate");
        for (int n = 0; n < students; n++) {
            enrolled("e" + n, "pupil" + n, n % CLASSES, "student");
            enrolled("f" + n, "pupil" + n, (n + 1) % CLASSES, "student");
        }
        for (int n = 0; n < CLASSES; n++) {
            enrolled("t" + n, n % 2 == 0 ? "tee" : "cher", n, "teacher");
        }
        if (floors) {
            keptEnrollments();
        }
        for (int n = dice.nextInt(5); n > 0; n--) {
            enrollment(secret("hid-"), "pupil" + dice.nextInt(students), "south-class", "south", "student");
            enrollment(secret("hid-"), "parent" + dice.nextInt(4), "class0", "north", "student");
            enrollment(secret("hid-"), "tee", "class" + dice.nextInt(CLASSES), "north", "proctor");
        }
    }

    /// The people who are kept back in the school's classes, and others in the class that is.
    private void keptEnrollments() {
        for (String id : TwinFloors.KEPT) {
            enrollment(secret("kept-"), id, "class" + dice.nextInt(CLASSES), "north", "student");
        }
        for (int n = 0; n < students; n++) {
            if (coin()) {
                enrollment(secret("kept-"), "pupil" + n, TwinFloors.CLASS, "north", "student");
            }
        }
    }

    private void enrolled(String id, String user, int klass, String role) {
        if (here(user) && here("class" + klass)) {
            String day = "-1" + dice.nextInt(9);
            String year = 2025 + seen(id).nextInt(2) + "-0" + (1 + dice.nextInt(8)) + day;
            row(
                    "enrollments",
                    id,
                    "",
                    "",
                    "class" + klass,
                    "north",
                    user,
                    role,
                    role.equals("teacher"),
                    year,
                    perhapsSpoilt(one(dice, List.of("2027-06-01", "", "1 June"))));
        } else if (coin()) {
            enrollment(id, user, "class" + klass, here("class" + klass) ? "north" : "south", role);
        }
    }

    private void enrollment(String id, String user, String klass, String school, String role) {
        if (has("users", user) && has("classes", klass)) {
            row("enrollments", id, "", "", klass, school, user, role, "", coin() ? "2026-09-01" : "", "");
        }
    }

    private void demographics() {
        head(
                "demographics",
                "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,"
                        + "blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,"
                        + "demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,"
                        + "stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus");
        for (String row : files.get("users").subList(1, files.get("users").size())) {
            String id = row.substring(0, row.indexOf(','));
            boolean shown = (id.startsWith("pupil") || id.equals("tee") || id.equals("cher")) && here(id)
                    || id.equals(TwinFloors.CONTESTED);
            if (shown ? mixed("born " + id).nextInt(4) > 0 : coin()) {
                Random common = shown ? seen("born " + id) : dice;
                int year = 2010 + common.nextInt(6);
                String born = year + "-0" + (1 + dice.nextInt(9)) + "-1" + dice.nextInt(9);
                String sex = one(common, List.of("female", "male", "other"));
                row(
                        "demographics",
                        id,
                        "",
                        "",
                        born,
                        sex,
                        coin(),
                        coin(),
                        "",
                        "",
                        coin(),
                        "",
                        coin(),
                        maybe("U"),
                        "",
                        maybe("City"),
                        maybe("R"));
            }
        }
    }
}
