package org.rosterkeep.appliance;

import org.rosterkeep.access.Clients;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.RuleBook;

/// Everything that decides what leaves, as it stood at one instant. Of the past it is a copy nobody can change.
record Then(RuleBook book, Clients clients, Floors floors) {}
