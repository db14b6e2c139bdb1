package org.rosterkeep.disclosure;

import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;

/// Outward ids of a pseudonym domain: the record's lasting key, mixed with its entity, under the domain's key,
/// written as
/// 36 characters in the shape of a UUID. No table is needed in either direction.
final class PairwiseNames extends Names {
    private static final int BLOCK = 16;
    private static final int TEXT = 36;
    private static final int NO_HINT = -2;
    private static final byte[] DIGITS = Out.utf8("0123456789abcdef");

    private final String domain;
    private final Aliases aliases;
    private final Cache cache;
    private final Relations relations;
    private final byte[] own = new byte[CHUNK * BLOCK];
    private final byte[] users = new byte[CHUNK * BLOCK];
    private final int[] userOf = new int[CHUNK];
    private final byte[] single = new byte[BLOCK];
    private final Map<Entity, byte[]> tables = new EnumMap<>(Entity.class);
    private int current;
    private boolean hints;

    private record TableKey(String domain, Entity entity, int size) {}

    private record Table(byte[] blocks) implements Cache.Weighed {
        @Override
        public long weight() {
            return blocks.length;
        }
    }

    String domain() {
        return domain;
    }

    PairwiseNames(String domain, Aliases aliases, Relations relations, Cache cache) {
        this.domain = domain;
        this.aliases = aliases;
        this.cache = cache;
        this.relations = relations;
    }

    @Override
    void prepare(Entity entity, int[] ordinals, int from, int count) {
        for (int n = 0; n < count; n++) {
            key(entity, ordinals[from + n], own, n * BLOCK);
        }
        aliases.conceal(own, count);
        hints = entity == Entity.ENROLLMENT;
        if (hints) {
            for (int n = 0; n < count; n++) {
                int user = relations.enrollmentUser(ordinals[from + n]);
                userOf[n] = user == Relations.NONE ? NO_HINT : user;
                if (user != Relations.NONE) {
                    key(Entity.USER, user, users, n * BLOCK);
                }
            }
            aliases.conceal(users, count);
        }
    }

    @Override
    int at(int n, byte[] into) {
        current = n;
        return text(own, n * BLOCK, into);
    }

    @Override
    int of(Entity entity, int ordinal, byte[] into) {
        if (entity.identity() == Entity.USER) {
            if (hints && userOf[current] == ordinal) {
                return text(users, current * BLOCK, into);
            }
            return single(entity, ordinal, into);
        }
        if (entity == Entity.ENROLLMENT) {
            return single(entity, ordinal, into);
        }
        return text(table(entity), ordinal * BLOCK, into);
    }

    /// The few thousand places, sessions and classes that everything points at, all at once, and for all answers of the
    /// domain: a record's id never changes.
    private byte[] table(Entity entity) {
        byte[] table = tables.get(entity);
        if (table == null) {
            int size = relations.size(entity);
            table = cache.get(new TableKey(domain, entity, size), Table.class, () -> new Table(conceal(entity, size)))
                    .blocks();
            tables.put(entity, table);
        }
        return table;
    }

    private byte[] conceal(Entity entity, int size) {
        byte[] blocks = new byte[size * BLOCK];
        for (int ordinal = 0; ordinal < size; ordinal++) {
            key(entity, ordinal, blocks, ordinal * BLOCK);
        }
        aliases.conceal(blocks, size);
        return blocks;
    }

    private int single(Entity entity, int ordinal, byte[] into) {
        key(entity, ordinal, single, 0);
        aliases.conceal(single, 1);
        return text(single, 0, into);
    }

    @Override
    int[] sorted(Entity entity, RoaringBitmap members) {
        int[] ordinals = members.toArray();
        long[] highs = new long[ordinals.length];
        long[] lows = new long[ordinals.length];
        for (int from = 0; from < ordinals.length; from += CHUNK) {
            int count = Math.min(CHUNK, ordinals.length - from);
            prepare(entity, ordinals, from, count);
            for (int n = 0; n < count; n++) {
                RecordKey concealed = RecordKey.read(own, n * BLOCK);
                highs[from + n] = concealed.high();
                lows[from + n] = concealed.low();
            }
        }
        return Order.byKeys(ordinals, highs, lows);
    }

    @Override
    boolean plainInPaths() {
        return true;
    }

    @Override
    int find(Census census, Entity entity, String id) {
        byte[] block = new byte[BLOCK];
        if (!parse(id, block)) {
            return Relations.NONE;
        }
        aliases.recover(block);
        block[BLOCK - 1] ^= mix(entity);
        return census.find(entity.identity(), RecordKey.read(block, 0));
    }

    private void key(Entity entity, int ordinal, byte[] into, int offset) {
        relations.key(entity, ordinal, into, offset);
        into[offset + BLOCK - 1] ^= mix(entity);
    }

    /// Fixed for ever: outward ids depend on it.
    private static byte mix(Entity entity) {
        return switch (entity) {
            case ORG -> 1;
            case ACADEMIC_SESSION -> 2;
            case COURSE -> 3;
            case CLASS -> 4;
            case USER, DEMOGRAPHICS -> 5;
            case ENROLLMENT -> 6;
        };
    }

    private static int text(byte[] block, int offset, byte[] into) {
        int at = 0;
        for (int n = 0; n < BLOCK; n++) {
            if (n == 4 || n == 6 || n == 8 || n == 10) {
                into[at++] = '-';
            }
            int value = block[offset + n];
            into[at++] = DIGITS[value >> 4 & 0xf];
            into[at++] = DIGITS[value & 0xf];
        }
        return TEXT;
    }

    /// Only the very text that [#text] makes: one record has one id.
    private static boolean parse(String id, byte[] into) {
        if (id.length() != TEXT) {
            return false;
        }
        int digits = 0;
        for (int n = 0; n < TEXT; n++) {
            char c = id.charAt(n);
            if (n == 8 || n == 13 || n == 18 || n == 23) {
                if (c != '-') {
                    return false;
                }
                continue;
            }
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                return false;
            }
            into[digits / 2] = (byte) (digits % 2 == 0 ? digit << 4 : into[digits / 2] | digit);
            digits++;
        }
        return true;
    }
}
