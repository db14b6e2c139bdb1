package org.rosterkeep.roster;

import java.util.Arrays;

/// Members by group, made by one counting pass: who is at a place, when each only knows its own.
public final class Grouping {
    private final int[] starts;
    private final int[] members;

    /// @param groupOf the group of each place, [Relations#NONE] for none
    /// @param size how many places count
    Grouping(int[] groupOf, int size, int groups) {
        this(groupOf, size, groups, new int[0]);
    }

    /// @param named what stands at each place; empty when it is the place itself
    public Grouping(int[] groupOf, int size, int groups, int[] named) {
        starts = new int[groups + 1];
        for (int i = 0; i < size; i++) {
            if (groupOf[i] != Relations.NONE) {
                starts[groupOf[i] + 1]++;
            }
        }
        for (int i = 0; i < groups; i++) {
            starts[i + 1] += starts[i];
        }
        members = new int[starts[groups]];
        int[] next = starts.clone();
        for (int i = 0; i < size; i++) {
            if (groupOf[i] != Relations.NONE) {
                members[next[groupOf[i]]++] = named.length == 0 ? i : named[i];
            }
        }
    }

    /// The members of a group in the order of their places; none for a group nobody is in.
    public int[] members(int group) {
        return group >= starts.length - 1 ? new int[0] : Arrays.copyOfRange(members, starts[group], starts[group + 1]);
    }

    /// How many members all groups have together.
    public int size() {
        return members.length;
    }
}
