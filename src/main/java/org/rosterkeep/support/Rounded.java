package org.rosterkeep.support;

import java.util.Locale;

/// Numbers of people and bytes, coarse enough to say nothing of one more or less.
public final class Rounded {
    private static final long FEW = 10;
    private static final long KILO = 1000;

    private Rounded() {}

    /// One figure and noughts: `about 3,000`.
    public static String count(long n) {
        if (n == 0) {
            return "none";
        }
        return n < FEW ? "fewer than " + FEW : "about " + String.format(Locale.ROOT, "%,d", oneFigure(n));
    }

    /// `about 40 MB`.
    public static String bytes(long n) {
        if (n < KILO) {
            return n == 0 ? "none" : "less than 1 kB";
        }
        long in = n;
        int unit = 0;
        while (in >= KILO && unit < 4) {
            in /= KILO;
            unit++;
        }
        return "about " + oneFigure(in) + " " + "kMGT".charAt(unit - 1) + "B";
    }

    private static long oneFigure(long n) {
        long unit = 1;
        while (n / unit >= FEW) {
            unit *= FEW;
        }
        return (n + unit / 2) / unit * unit;
    }
}
