package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/// How large a rehearsal is, how long it stays open and what its made-up people are called: `rehearsal.json`.
///
/// @param open after this long a rehearsal ends by itself
/// @param scriptDaysMax the last made-up day
/// @param schoolsMax more organisations of a scope are left out
/// @param subSchools schools made up below each organisation whose scope includes what is below it
/// @param studentsPerSchool pupils of one school, fewer when all schools together would have more than `studentsMax`
/// @param studentsPerSchoolMin and never fewer than these
/// @param leave pupils who leave on each further day
/// @param ages of pupils, in years, dealt out in turn
record RehearsalScale(
        Duration open,
        int scriptDaysMax,
        int schoolsMax,
        int subSchools,
        int studentsPerSchool,
        int studentsPerSchoolMin,
        int studentsMax,
        int classesPerSchool,
        int classesMax,
        int classesPerStudent,
        int othersPerRole,
        int leave,
        int come,
        int rename,
        int changeClass,
        Decisions decisions,
        List<Integer> ages,
        int ageOfAdults,
        List<String> grades,
        List<String> subjects,
        List<String> given,
        List<String> family,
        List<String> middle,
        List<String> pronouns) {
    private static final String FILE = "rehearsal.json";

    RehearsalScale {
        ages = List.copyOf(ages);
        grades = List.copyOf(grades);
        subjects = List.copyOf(subjects);
        given = List.copyOf(given);
        family = List.copyOf(family);
        middle = List.copyOf(middle);
        pronouns = List.copyOf(pronouns);
    }

    /// What made-up people decide.
    ///
    /// @param noConsentOneIn of so many people one has not consented
    /// @param withdrawPerDay so many take their consent back on each further day
    /// @param optOutOneIn of so many people one has opted out of directory information
    /// @param optOutPerDay so many more on each further day
    record Decisions(int noConsentOneIn, int withdrawPerDay, int optOutOneIn, int optOutPerDay) {
        Decisions {
            if (noConsentOneIn < 2 || optOutOneIn < 2 || withdrawPerDay < 1 || optOutPerDay < 1) {
                throw new IllegalArgumentException("a rehearsal in which nobody decides anything, or everybody");
            }
        }

        static Decisions of(JsonObject json) {
            return new Decisions(
                    json.getInt("noConsentOneIn"),
                    json.getInt("withdrawPerDay"),
                    json.getInt("optOutOneIn"),
                    json.getInt("optOutPerDay"));
        }
    }

    static RehearsalScale shipped() {
        try (var in = RehearsalScale.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from this build");
            }
            try (var reader = Json.createReader(in)) {
                return of(reader.readObject());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RehearsalScale of(JsonObject json) {
        return new RehearsalScale(
                Duration.ofDays(json.getInt("daysOpen")),
                json.getInt("scriptDaysMax"),
                json.getInt("schoolsMax"),
                json.getInt("subSchools"),
                json.getInt("studentsPerSchool"),
                json.getInt("studentsPerSchoolMin"),
                json.getInt("studentsMax"),
                json.getInt("classesPerSchool"),
                json.getInt("classesMax"),
                json.getInt("classesPerStudent"),
                json.getInt("othersPerRole"),
                json.getInt("leave"),
                json.getInt("come"),
                json.getInt("rename"),
                json.getInt("changeClass"),
                Decisions.of(json.getJsonObject("decisions")),
                json.getJsonArray("agesOfStudents").getValuesAs(jakarta.json.JsonNumber::intValue),
                json.getInt("ageOfAdults"),
                words(json, "grades"),
                words(json, "subjects"),
                words(json, "given"),
                words(json, "family"),
                words(json, "middle"),
                words(json, "pronouns"));
    }

    private static List<String> words(JsonObject json, String key) {
        return json.getJsonArray(key).getValuesAs(JsonString::getString);
    }
}
