package org.rosterkeep.notices;

/// How it stands with one matter now.
///
/// @param subject what exactly, in words of ours: a check's id, a vendor's; with the matter and the district it says
///     what is the same thing seen again
/// @param district empty for the appliance as a whole
public record Sighting(Matter matter, String district, String subject, Level level) {
    /// Begins the subject of what happens once: the number of its entry in the ledger follows.
    static final String ONCE = "entry-";

    /// Something that happened and is over; it is told, and that is all.
    public static Sighting once(Matter matter, String district, long entry) {
        return new Sighting(matter, district, ONCE + entry, Level.WARNING);
    }

    /// Worst last.
    public enum Level {
        WELL,
        WARNING,
        FAILED
    }

    public Sighting {
        if (!subject.matches("[A-Za-z0-9._:-]{0,100}") || !district.matches("[a-z0-9._-]{0,160}")) {
            throw new IllegalArgumentException("no subject");
        }
    }

    String key() {
        return matter.code() + " " + district + " " + subject;
    }
}
