package org.rosterkeep.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rosterkeep.reference.Model.Law;
import org.rosterkeep.rules.People;
import org.rosterkeep.rules.Signer;
import org.rosterkeep.rules.Signers;

/// The people who sign, with keys of their own, and the law they start with.
record Desk(Signers people, Law law, Signer ada, Signer ben, Signer cleo) {
    static Desk of(Law law) {
        var people = new People();
        return new Desk(
                new Remembering(people), law, people.person("ada"), people.person("ben"), people.person("cleo"));
    }

    /// So many who may approve what ada wrote.
    List<Signer> approvers(int count) {
        return List.of(ben, cleo).subList(0, count);
    }

    /// Looks at each signature once: one under a statement stays what it is, and to look is what costs most here.
    private record Remembering(Signers people, Map<String, Boolean> seen) implements Signers {
        private static final int MOST = 1000;

        Remembering(Signers people) {
            this(people, new HashMap<>());
        }

        @Override
        public boolean verifies(String operator, byte[] statement, byte[] signature) {
            if (seen.size() > MOST) {
                seen.clear();
            }
            var key = String.join("/", operator, hex(statement), hex(signature));
            return seen.computeIfAbsent(key, _ -> people.verifies(operator, statement, signature));
        }

        private static String hex(byte[] bytes) {
            return java.util.HexFormat.of().formatHex(bytes);
        }
    }
}
