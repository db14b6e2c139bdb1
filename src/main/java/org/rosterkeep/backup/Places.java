package org.rosterkeep.backup;

import java.nio.file.Path;
import java.util.Optional;

/// Where, besides the appliance's own directory, things are kept; a directory below each for every district.
///
/// @param backups where backups are written, and the witness beside them
/// @param safe where the copy of the safe is: never on the medium of the backups
public record Places(Optional<Path> backups, Optional<Path> safe) {
    /// Nowhere.
    public static final Places NONE = new Places(Optional.empty(), Optional.empty());
}
