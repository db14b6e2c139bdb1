package org.rosterkeep.notices;

/// How it stands with one matter now.
///
/// @param subject what exactly, in words of ours: a check's id, a vendor's; with the matter and the district it says
///     what is the same thing seen again
/// @param district empty for the appliance as a whole
public record Sighting(Matter matter, String district, String subject, Level level) {
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
