package org.rosterkeep.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An intruder: runs inside a unit in place of the program it is for, with the powers that a flaw in that program would
/// give, tries to get out, and says a line for each attempt: its name, and what the system answered.
///
/// Words: the address and port of a listener that would count as "out", and the folders it should be able to write in.
/// The numbers are those of the system calls on x86_64.
public final class Probe {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    @SuppressWarnings("restricted") // The point of it.
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(1));

    private static final int AF_UNSPEC = 0;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int AF_PACKET = 17;
    private static final int AF_VSOCK = 40;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;
    private static final int RAW = 3;
    private static final int OK = 0;
    private static final int EBADF = 9;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(STATE);
    private final byte[] out;
    private final int port;

    private Probe(InetAddress out, int port) {
        this.out = out.getAddress();
        this.port = port;
    }

    public static void main(String[] words) throws IOException {
        var probe = new Probe(InetAddress.getByName(words[0]), Integer.parseInt(words[1]));
        probe.sockets();
        probe.handed();
        probe.calls();
        probe.programs();
        files(words.length > 2 ? List.of(words).subList(2, words.length) : List.of());
        say("end", "reached");
    }

    private static void say(String attempt, String answer) {
        System.err.println("PROBE " + attempt + ": " + answer);
    }

    private void tell(String attempt, int errno) {
        say(attempt, errno == OK ? "ALLOWED" : "refused");
    }

    /// Sockets of its own.
    private void sockets() {
        attempt("a TCP connection", AF_INET, STREAM, ipv4());
        attempt("a TCP connection by IPv6", AF_INET6, STREAM, ipv6());
        attempt("a UDP packet", AF_INET, DATAGRAM, ipv4());
        attempt("a UDP packet by IPv6", AF_INET6, DATAGRAM, ipv6());
        tell("a raw socket", socket(AF_INET, RAW, 1) < 0 ? EBADF : OK);
        tell("a packet socket", socket(AF_PACKET, RAW, 0x300) < 0 ? EBADF : OK);
        tell("a netlink socket", socket(AF_NETLINK, RAW, 0) < 0 ? EBADF : OK);
        tell("a vsock socket", socket(AF_VSOCK, STREAM, 0) < 0 ? EBADF : OK);
        attempt("the system bus", AF_UNIX, STREAM, unix("/run/dbus/system_bus_socket"));
        attempt("the journal's socket", AF_UNIX, DATAGRAM, unix("/run/systemd/journal/socket"));
        attempt("an abstract socket", AF_UNIX, STREAM, unix("\0probe"));
        try {
            say(
                    "a name",
                    InetAddress.getByName("rosterkeep.example").getHostAddress().isEmpty() ? "refused" : "ALLOWED");
        } catch (IOException refused) {
            say("a name", "refused");
        }
    }

    private void attempt(String what, int family, int kind, MemorySegment address) {
        long socket = socket(family, kind, 0);
        if (socket < 0) {
            tell(what, EBADF);
            return;
        }
        int connected = call(42, socket, address.address(), address.byteSize(), 0, 0, 0);
        var text = text("x");
        int sent = call(44, socket, text.address(), 1, 0, address.address(), address.byteSize());
        // Connecting a datagram socket sends nothing; writing to it does.
        int reached = connected == OK && kind == DATAGRAM ? call(1, socket, text.address(), 1, 0, 0, 0) : connected;
        tell(what, reached == OK || sent == OK ? OK : reached);
        call(3, socket, 0, 0, 0, 0, 0);
    }

    /// The listening socket it was handed, and a connection somebody made to it: both belong to the host's network.
    private void handed() {
        long accepted = value(288, 0, 0, 0, 0, 0, 0);
        if (accepted < 0) {
            say("an accepted connection", "none came");
        } else {
            var text = text("hello\n");
            tell("an answer to who asked", call(1, accepted, text.address(), 6, 0, 0, 0));
            reconnect("an accepted connection", accepted);
        }
        reconnect("the handed socket", 0);
    }

    private void reconnect(String what, long socket) {
        var nobody = arena.allocate(16);
        nobody.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNSPEC);
        int let = call(42, socket, nobody.address(), 16, 0, 0, 0);
        var there = ipv4();
        int connected = call(42, socket, there.address(), 16, 0, 0, 0);
        var text = text("leak\n");
        int written = connected == OK ? call(1, socket, text.address(), 5, 0, 0, 0) : connected;
        int sent = call(44, socket, text.address(), 5, 0, there.address(), 16);
        tell(what + ", let go of", let);
        tell(what + ", connected anew", written);
        tell(what + ", sent from", sent);
    }

    /// System calls with which other programs got out of such boxes.
    private void calls() {
        var zeros = arena.allocate(4096);
        var name = text("probe");
        tell("io_uring", number(425, 8, zeros.address()));
        tell("a file in memory", number(319, name.address(), 0));
        tell("a look into another process", number(101, 16, 1));
        tell("another process's memory", number(310, 1, zeros.address(), 1, zeros.address(), 1, 0));
        tell("a namespace of users", number(272, 0x10000000));
        tell("a namespace of networks", number(272, 0x40000000));
        tell(
                "a mount",
                number(
                        165,
                        name.address(),
                        text("/tmp").address(),
                        text("tmpfs").address(),
                        0,
                        0));
        tell("another user", number(105, 0));
        tell("a key ring", number(250, 0, -2, 1));
        tell("a program in the kernel", number(321, 5, zeros.address(), 48));
        tell("the performance counters", number(298, zeros.address(), 0, -1, -1, 0));
        tell("page faults of its own", number(323, 0));
        tell("another clock", number(227, 0, zeros.address()));
        tell("a new root", number(161, text("/tmp").address()));
        tell("a device", number(133, text("/tmp/device").address(), 0x2000 | 0600, 0x101));
        tell("another personality", number(135, 0x0400000));
    }

    /// Other programs.
    private void programs() {
        for (var program : List.of("/bin/sh", "/usr/bin/curl", "/usr/bin/env", "/lib64/ld-linux-x86-64.so.2")) {
            try {
                new ProcessBuilder(program, "-c", "true").start().destroy();
                say("the program " + program, "ALLOWED");
            } catch (IOException refused) {
                say("the program " + program, "refused");
            }
        }
        try {
            var made = Path.of("/tmp/probe");
            Files.writeString(made, "#!/bin/true\n");
            say("a file in its own /tmp", "ALLOWED");
            made.toFile().setExecutable(true);
            new ProcessBuilder(made.toString()).start().destroy();
            say("a program it wrote itself", "ALLOWED");
        } catch (IOException refused) {
            say("a program it wrote itself", "refused");
        }
    }

    private static void files(List<String> writable) {
        for (var path : List.of(
                "/etc/shadow",
                "/etc/rosterkeep-other",
                "/root/.profile",
                "/proc/1/environ",
                "/home",
                "/run/systemd/private",
                "/var/log",
                "/dev/mem",
                "/proc/sysrq-trigger")) {
            var there = Path.of(path);
            boolean read;
            try {
                read = Files.isDirectory(there)
                        ? !List.of(there.toFile().list()).isEmpty()
                        : Files.readAllBytes(there).length > 0;
            } catch (IOException | RuntimeException refused) {
                read = false;
            }
            say("reading " + path, read ? "ALLOWED" : "refused");
        }
        for (var path : List.of(
                "/etc",
                "/usr",
                "/opt/rosterkeep",
                "/opt/rosterkeep/current/lib/app",
                "/var/lib",
                "/var/tmp",
                "/run",
                "/dev/shm",
                "/sys",
                "/proc/sys/kernel")) {
            write(path);
        }
        writable.forEach(Probe::write);
    }

    private static void write(String path) {
        var there = Path.of(path).resolve("probe");
        try {
            Files.write(there, new byte[] {1});
            Files.delete(there);
            say("writing in " + path, "ALLOWED");
        } catch (IOException refused) {
            say("writing in " + path, "refused");
        }
    }

    private MemorySegment ipv4() {
        var address = arena.allocate(16);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        address.set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) port);
        MemorySegment.copy(MemorySegment.ofArray(out), 0, address, 4, 4);
        return address;
    }

    private MemorySegment ipv6() {
        var address = arena.allocate(28);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET6);
        address.set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) port);
        address.set(ValueLayout.JAVA_BYTE, 8 + 15, (byte) 1);
        return address;
    }

    private MemorySegment unix(String path) {
        var bytes = path.getBytes(StandardCharsets.UTF_8);
        var address = arena.allocate(2L + bytes.length + (path.startsWith("\0") ? 0 : 1));
        address.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, address, 2, bytes.length);
        return address;
    }

    private MemorySegment text(String text) {
        return arena.allocateFrom(text);
    }

    private long socket(int family, int kind, int protocol) {
        return value(41, family, kind, protocol, 0, 0, 0);
    }

    private int number(long... words) {
        var all = java.util.Arrays.copyOf(words, 7);
        return call(all[0], all[1], all[2], all[3], all[4], all[5], all[6]);
    }

    /// The error number, or 0.
    private int call(long number, long a, long b, long c, long d, long e, long f) {
        return value(number, a, b, c, d, e, f) < 0 ? (int) ERRNO.get(state, 0L) : OK;
    }

    private long value(long number, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
