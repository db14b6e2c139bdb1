package org.rosterkeep.intake;

import java.io.InputStream;
import java.util.Set;

/// An opened delivery: the OneRoster files in it, each readable as often as needed. A stream read to its end has proved
/// that its bytes are whole (checksum and size, or the same bytes as at the first reading).
public interface Delivery extends AutoCloseable {
    /// The OneRoster files present: `manifest.csv`, `users.csv`.
    Set<String> files();

    /// Whether there were other files, which are never opened.
    int strangers();

    /// Whether the files lay in one folder inside the archive.
    boolean inFolder();

    /// @throws IntakeFault while reading, when the bytes are not what they are said to be
    InputStream read(String file);

    /// Whether a user of whom `roles.csv` speaks has exactly the roles it names, also when it names only what changed:
    /// so it is when roles came inside their users' records.
    default boolean wholeRoles() {
        return false;
    }

    @Override
    void close();
}
