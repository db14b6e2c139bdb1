package org.rosterkeep.sources;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a run came to nothing, as far as we found out ourselves; what the courier found out has a word of its own. Tells
/// what is wrong and what to do, and nothing of what came.
public enum Hitch {
    SECRET_MISSING("nothing is kept that proves who calls", "give it: rosterkeep source secret -h"),
    CONTENT_TYPE("the service answered something other than JSON", "check the path, and that it is the roster's"),
    JSON("an answer is no JSON, or breaks off in the middle", "tell whoever runs the service"),
    COLLECTION_MISSING("an answer has no list of the records asked for", "check version and path"),
    RECORD_ID("a record has no sourcedId", "tell whoever runs the service"),
    LINK_ELSEWHERE("the next page is said to be on another host or path", "it is not followed; tell its owner"),
    LINK_ENDLESS("the next page leads back to one that was read", "tell whoever runs the service"),
    NO_PROGRESS("the service gives the same page again", "it neither pages nor counts: tell whoever runs it"),
    MOVED("the list changed while it was read, each time anew", "ask at a quieter time of the day"),
    TOO_MANY("there are more pages or records than a district has", "check the path, and that it pages"),
    ANSWER_SIZE("an answer is longer than it may be", "lower pageSize"),
    SPOOL("there is no room to gather what comes", "make room on the disk"),
    FOLDER("the folder cannot be used", "look whether it is there, is no link, and belongs to this program"),
    IMPORT("what came was refused by the import; nothing was changed", "see why: rosterkeep intake show"),
    INTERRUPTED("the program ended in the middle", "nothing; it is asked again"),
    DEADLINE("it took too long", "see whether the service is well"),
    WITHDRAWN("the source was paused, retired or changed meanwhile", "nothing, if that was meant");

    private final String what;
    private final String remedy;

    Hitch(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What somebody reads who wonders: `moved: the list changed ...; ask at a quieter time of the day`.
    public static String sentence(String words) {
        String code = words.split(" ", 2)[0];
        Optional<Hitch> ours =
                Arrays.stream(values()).filter(one -> one.word().equals(code)).findFirst();
        return words + ": "
                + ours.map(one -> one.what + "; " + one.remedy)
                        .orElse("the courier did not get it; see what its journal says, and that its address is open: "
                                + "rosterkeep egress show");
    }

    /// A run that cannot go on.
    static final class Met extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Hitch hitch;

        Met(Hitch hitch) {
            super(hitch.word(), null, false, false);
            this.hitch = hitch;
        }

        Hitch hitch() {
            return hitch;
        }
    }
}
