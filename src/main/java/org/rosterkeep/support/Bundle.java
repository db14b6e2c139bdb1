package org.rosterkeep.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The file itself: a zip of sheets of text, with the list of what it holds as its first one.
public record Bundle(List<Sheet> sheets) {
    private static final long NO_TIME = 315_532_800_000L;

    /// One part of it.
    ///
    /// @param meaning what it is, for whoever decides whether to hand it on
    public record Sheet(String name, String meaning, List<String> lines) {
        public Sheet {
            lines = List.copyOf(lines);
        }
    }

    public Bundle {
        sheets = List.copyOf(sheets);
    }

    /// What it holds, a line for each sheet.
    public List<String> contents() {
        return sheets.stream()
                .map(sheet -> String.format("%-14s %s", sheet.name(), sheet.meaning()))
                .toList();
    }

    /// Nobody but its owner may read it, and nothing is written over.
    public void write(Path file) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var how = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.newByteChannel(file, how, mine).close();
        try (var out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            add(zip, new Sheet("contents.txt", "this list", contents()));
            for (var sheet : sheets) {
                add(zip, sheet);
            }
        }
    }

    private static void add(ZipOutputStream zip, Sheet sheet) throws IOException {
        var entry = new ZipEntry(sheet.name());
        entry.setTime(NO_TIME);
        zip.putNextEntry(entry);
        lines(zip, sheet.lines());
        zip.closeEntry();
    }

    private static void lines(OutputStream out, List<String> lines) throws IOException {
        for (var line : lines) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
