package org.rosterkeep.intake;

import java.util.HashSet;
import java.util.Set;

/// The names in one archive: flat, or all in one folder. What a Macintosh adds beside them is no file of the delivery.
final class ArchiveNames {
    private final Set<String> folders = new HashSet<>();

    /// The file's plain name; empty for a folder.
    String take(String name) {
        if (name.isEmpty() || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0 || name.startsWith("/")) {
            throw outside();
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) == '\ufffd') {
                throw outside();
            }
        }
        for (String part : name.split("/", -1)) {
            if (part.equals("..") || part.equals(".")) {
                throw outside();
            }
        }
        if (name.startsWith("__MACOSX/")) {
            return name.endsWith("/") ? "" : "__MACOSX";
        }
        int slash = name.indexOf('/');
        if (slash != name.lastIndexOf('/')) {
            throw outside();
        }
        if (slash == name.length() - 1) {
            return "";
        }
        String file = name.substring(slash + 1);
        if (Columns.isKnownFile(file)) {
            folders.add(name.substring(0, slash + 1));
        }
        return file;
    }

    /// Refuses files in several places.
    void finish() {
        if (folders.size() > 1) {
            throw outside();
        }
    }

    boolean inFolder() {
        return !folders.isEmpty() && !folders.contains("");
    }

    private static IntakeFault outside() {
        return new IntakeFault(FindingCode.ARCHIVE_PATH, "");
    }
}
