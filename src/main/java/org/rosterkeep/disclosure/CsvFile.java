package org.rosterkeep.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.rosterkeep.roster.Field;

/// The OneRoster CSV files that can be made of a view, with their columns in the standard's order (oneroster.md 8.4 in
/// its correction 1.2.1, and 8.5), and the property of the JSON record that each shows.
enum CsvFile {
    ORGS(Collection.ORGS, "name,type,identifier,parentSourcedId=parent", ""),
    ACADEMIC_SESSIONS(
            Collection.ACADEMIC_SESSIONS, "title,type,startDate,endDate,parentSourcedId=parent,schoolYear", ""),
    COURSES(
            Collection.COURSES,
            "schoolYearSourcedId=schoolYear,title,courseCode,grades,orgSourcedId=org,subjects,subjectCodes",
            ""),
    CLASSES(
            Collection.CLASSES,
            "title,grades,courseSourcedId=course,classCode,classType,location,schoolSourcedId=school,"
                    + "termSourcedIds=terms,subjects,subjectCodes,periods",
            ""),
    USERS(
            Collection.USERS,
            "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
                    + "agentSourcedIds=agents,grades,password,userMasterIdentifier,"
                    + "preferredGivenName=preferredFirstName,preferredMiddleName,"
                    + "preferredFamilyName=preferredLastName,primaryOrgSourcedId=primaryOrg,pronouns",
            "enabledUser,orgSourcedIds=orgs,role,username,userIds,givenName,familyName,middleName,identifier,email,"
                    + "sms,phone,agentSourcedIds=agents,grades,password"),
    /// Only 1.2 has it: in 1.1 a user has one role, and it stands with the user.
    ROLES(Collection.USERS, "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId", ""),
    ENROLLMENTS(
            Collection.ENROLLMENTS,
            "classSourcedId=class,schoolSourcedId=school,userSourcedId=user,role,primary,beginDate,endDate",
            ""),
    DEMOGRAPHICS(
            Collection.DEMOGRAPHICS,
            "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
                    + "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
                    + "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,"
                    + "publicSchoolResidenceStatus",
            "");

    private static final String ENVELOPE = "sourcedId,status,dateLastModified,";
    /// What a record has in JSON and no file has a column for.
    static final Set<Field> NOT_IN_FILES = Set.of(Field.ORG_CHILDREN, Field.SESSION_CHILDREN, Field.USER_USER_PROFILES);
    private static final List<String> IN_BOTH = List.of(
            "academicSessions",
            "categories",
            "classes",
            "classResources",
            "courses",
            "courseResources",
            "demographics",
            "enrollments",
            "lineItems",
            "orgs",
            "resources",
            "results",
            "users");
    private static final List<String> SINCE_V1P2 = List.of(
            "lineItemLearningObjectiveIds",
            "lineItemScoreScales",
            "resultLearningObjectiveIds",
            "resultScoreScales",
            "roles",
            "scoreScales",
            "userProfiles",
            "userResources");

    private final Collection collection;
    private final String columns;
    private final String legacy;

    CsvFile(Collection collection, String columns, String legacy) {
        this.collection = collection;
        this.columns = columns;
        this.legacy = legacy;
    }

    /// A column and the property it shows.
    record Column(String name, String property) {}

    /// Those of a version, in the order in which references come after what they point at.
    static List<CsvFile> of(Wire wire) {
        List<CsvFile> files = new ArrayList<>(Arrays.asList(values()));
        if (wire == Wire.V1P1) {
            files.remove(ROLES);
        }
        return files;
    }

    /// Every file a manifest has to name.
    static List<String> names(Wire wire) {
        List<String> names = new ArrayList<>(IN_BOTH);
        if (wire == Wire.V1P2) {
            names.addAll(SINCE_V1P2);
            names.sort(String.CASE_INSENSITIVE_ORDER);
        }
        return names;
    }

    /// `users`, as the manifest names it.
    String word() {
        return this == ROLES ? "roles" : collection.segment();
    }

    List<Column> columns(Wire wire) {
        String own = wire == Wire.V1P1 && !legacy.isEmpty() ? legacy : columns;
        return Arrays.stream((ENVELOPE + own).split(","))
                .map(text -> {
                    String[] pair = text.split("=", 2);
                    return new Column(pair[0], pair[pair.length - 1]);
                })
                .toList();
    }

    byte[] header(Wire wire) {
        return Out.utf8(
                String.join(",", columns(wire).stream().map(Column::name).toList()) + "\r\n");
    }
}
