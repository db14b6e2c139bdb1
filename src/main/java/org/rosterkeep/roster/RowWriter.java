package org.rosterkeep.roster;

import java.util.Arrays;
import java.util.List;

/// Packs one record into the form of [Row]. Fields are given in bit order, each at most once; a field not given, or
/// given
/// empty, is absent. Reused row after row.
public final class RowWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final Slice kept = new Slice();
    private byte[] body = new byte[512];
    private int size;
    private byte[] value = new byte[256];
    private int valueSize;
    private long mask;
    private long last;

    /// One role of a user, its texts already checked; `org` is an ordinal, empty texts are absent.
    public record Role(boolean primary, String role, int org, String beginDate, String endDate, String profile) {}

    public RowWriter clear() {
        size = 0;
        mask = 0;
        last = 0;
        return this;
    }

    public RowWriter text(Field field, String text) {
        if (!text.isEmpty()) {
            begin();
            escape(text);
            end(field);
        }
        return this;
    }

    public RowWriter bool(Field field, boolean flag) {
        begin();
        room(1);
        value[valueSize++] = (byte) (flag ? 1 : 0);
        end(field);
        return this;
    }

    public RowWriter list(Field field, List<String> texts) {
        if (!texts.isEmpty()) {
            begin();
            texts.forEach(this::counted);
            end(field);
        }
        return this;
    }

    public RowWriter ref(Field field, int ordinal) {
        begin();
        number(ordinal);
        end(field);
        return this;
    }

    public RowWriter refs(Field field, int[] ordinals) {
        if (ordinals.length > 0) {
            begin();
            for (int ordinal : ordinals) {
                number(ordinal);
            }
            end(field);
        }
        return this;
    }

    public RowWriter roles(Field field, List<Role> roles) {
        if (!roles.isEmpty()) {
            begin();
            for (Role role : roles) {
                room(1);
                value[valueSize++] = (byte) (role.primary() ? 0 : 1);
                counted(role.role());
                number(role.org());
                counted(role.beginDate());
                counted(role.endDate());
                counted(role.profile());
            }
            end(field);
        }
        return this;
    }

    /// Texts in groups: pairs for [Shape#USER_IDS], fives for [Shape#PROFILES].
    public RowWriter groups(Field field, List<String> texts) {
        return list(field, texts);
    }

    /// Takes the field's payload over from another row, unseen; nothing when that row lacks it.
    public RowWriter keep(Field field, Row from) {
        return from.reveal(field, kept) ? packed(field, kept) : this;
    }

    /// Takes over a payload that is packed already.
    public RowWriter packed(Field field, Slice payload) {
        begin();
        room(payload.length());
        System.arraycopy(payload.bytes, payload.start, value, 0, payload.length());
        valueSize = payload.length();
        end(field);
        return this;
    }

    /// The packed bytes, for the caller to keep.
    public byte[] toBytes() {
        byte[] head = new byte[10];
        int headSize = varlong(head, 0, mask);
        byte[] row = Arrays.copyOf(head, headSize + size);
        System.arraycopy(body, 0, row, headSize, size);
        return row;
    }

    private void begin() {
        valueSize = 0;
    }

    private void end(Field field) {
        if (field.mask() <= last) {
            throw new IllegalStateException("fields are packed in bit order: " + field);
        }
        last = field.mask();
        mask |= last;
        if (body.length - size < valueSize + 5) {
            body = Arrays.copyOf(body, Math.max(body.length * 2, size + valueSize + 5));
        }
        size = varlong(body, size, valueSize);
        System.arraycopy(value, 0, body, size, valueSize);
        size += valueSize;
    }

    private void number(int n) {
        room(5);
        valueSize = varlong(value, valueSize, n);
    }

    private void counted(String text) {
        room(5);
        int lengthAt = valueSize;
        valueSize += 1;
        escape(text);
        int length = valueSize - lengthAt - 1;
        if (length >= 0x80) {
            int extra = (38 - Integer.numberOfLeadingZeros(length)) / 7 - 1;
            room(extra);
            System.arraycopy(value, lengthAt + 1, value, lengthAt + 1 + extra, length);
            valueSize += extra;
        }
        varlong(value, lengthAt, length);
    }

    private void escape(String text) {
        room(text.length() * 6);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                value[valueSize++] = '\\';
                value[valueSize++] = (byte) c;
            } else if (c < 0x20 || c == 0x2028 || c == 0x2029) {
                value[valueSize++] = '\\';
                value[valueSize++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    value[valueSize++] = (byte) HEX[c >> shift & 0xf];
                }
            } else if (c < 0x80) {
                value[valueSize++] = (byte) c;
            } else if (c < 0x800) {
                value[valueSize++] = (byte) (0xc0 | c >> 6);
                value[valueSize++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                value[valueSize++] = (byte) (0xf0 | point >> 18);
                value[valueSize++] = (byte) (0x80 | point >> 12 & 0x3f);
                value[valueSize++] = (byte) (0x80 | point >> 6 & 0x3f);
                value[valueSize++] = (byte) (0x80 | point & 0x3f);
            } else {
                char plain = Character.isSurrogate(c) ? '\ufffd' : c;
                value[valueSize++] = (byte) (0xe0 | plain >> 12);
                value[valueSize++] = (byte) (0x80 | plain >> 6 & 0x3f);
                value[valueSize++] = (byte) (0x80 | plain & 0x3f);
            }
        }
    }

    private void room(int more) {
        if (value.length - valueSize < more) {
            value = Arrays.copyOf(value, Math.max(value.length * 2, valueSize + more));
        }
    }

    static int varlong(byte[] into, int offset, long number) {
        int at = offset;
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            into[at++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        into[at++] = (byte) rest;
        return at;
    }
}
