/// The frame: wiring, configuration, and the verbs of the running appliance.
///
/// Vocabulary: a *home* is the directory of one appliance; a *district* in it is sealed, open or blocked, and
/// open it is
/// a set of *rooms* joined by [Wiring]; the *front* is the listener vendors reach, the *control socket* the one people
/// reach; a *verb* is an [Operation] the running appliance does, whoever asks; a *trial* is a home made by `try`.
///
/// Invariant: every verb knows by the kernel's word who calls.
///
/// It may use every other package but the command line, which alone uses it. It never reads a value of the
/// roster: what people
/// are shown
/// of it comes out of the gate.
package org.rosterkeep.appliance;
