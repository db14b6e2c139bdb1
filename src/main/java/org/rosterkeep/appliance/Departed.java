package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.ledger.Disclosures;
import org.rosterkeep.ledger.LedgerPages;
import org.rosterkeep.ledger.LedgerRecord.Disclosed;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// The answers in which a client got a field of a person.
///
/// @param numbers of the newest in the ledger, newest first, each looked at: the field was not withheld from
/// this person
/// @param older how many came before them that told of the person and of the field. Not looked at one by one: in some
///     the person's own value may have been withheld
/// @param last when the newest was
record Departed(List<Long> numbers, long older, Instant last) {
    /// Deciding again costs more than counting.
    private static final int LOOKED_AT = 3;

    Departed {
        numbers = List.copyOf(numbers);
    }

    static Departed of(Rooms rooms, LedgerPages pages, String client, SourcedId person, Field field, Instant until) {
        var told = rooms
                .person(person)
                .map(known -> new Disclosures(pages, rooms.spans(), rooms.holders())
                        .of(known, client, Instant.EPOCH, until.plusNanos(1)))
                .orElse(List.of())
                .stream()
                .filter(one -> one.certain() && one.entity() == field.entity())
                .map(Disclosures.Received::disclosed)
                .filter(one -> one.entry().channel().equals("pull"))
                .filter(one -> one.entry().fields().contains(field))
                .toList()
                .reversed();
        var numbers = new ArrayList<Long>();
        var last = Instant.EPOCH;
        int looked = 0;
        for (; looked < Math.min(told.size(), LOOKED_AT); looked++) {
            if (gave(rooms, client, person, field, told.get(looked))) {
                numbers.add(told.get(looked).number());
                last = numbers.size() == 1 ? told.get(looked).at() : last;
            }
        }
        return new Departed(numbers, told.size() - looked, last);
    }

    /// What cannot be told any more is not counted as withheld.
    private static boolean gave(Rooms rooms, String client, SourcedId person, Field field, Disclosed answer) {
        var then = rooms.timeMachine().at(answer.at());
        int user = rooms.vault().find(Entity.USER, person);
        var explained = Explained.then(
                rooms,
                then,
                new Explained.Question(client, user, field, answer.entry().at()));
        return explained.verdict() != Explained.Verdict.NO;
    }

    /// A sentence; empty when nothing left.
    String words() {
        var counted = numbers.isEmpty()
                ? ""
                : "It left " + (numbers.size() == 1 ? "once" : numbers.size() + " times") + (older > 0 ? " lately" : "")
                        + ": ledger numbers "
                        + String.join(
                                ", ",
                                numbers.stream().sorted().map(String::valueOf).toList())
                        + ", the last on " + last + ".";
        var before = older == 0
                ? ""
                : older + (numbers.isEmpty() ? "" : " earlier")
                        + " answers told of the person with this field, not looked"
                        + " at one by one: see rosterkeep ledger person.";
        return (counted + " " + before).strip();
    }
}
