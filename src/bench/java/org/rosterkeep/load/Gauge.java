package org.rosterkeep.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Another process's processor time and memory, as Linux tells them.
final class Gauge {
    /// Processor time in `/proc` is counted in hundredths of a second on every Linux in use.
    private static final double TICK = 0.01;

    private final Path process;

    Gauge(long pid) {
        process = Path.of("/proc", Long.toString(pid));
    }

    /// Seconds of processor time, its own and the kernel's on its behalf.
    double cpu() throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK;
    }

    /// Resident memory now, in MiB.
    double resident() throws IOException {
        return status("VmRSS:");
    }

    /// The most it ever had, in MiB.
    double peak() throws IOException {
        return status("VmHWM:");
    }

    private double status(String name) throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        return 0;
    }
}
