/// The command line: what people and scripts type, and the way in for the processes that serve.
///
/// Vocabulary: a *command* reads words, files and passwords, asks the running appliance for one *verb* over the control
/// socket, and prints what it hears; a few, like `restore` and `doctor`, work while nothing runs.
///
/// Invariant: nothing looks into this room. A command decides nothing: whoever asks the control socket can do
/// all that a
/// command does, and no more than [org.rosterkeep.appliance] lets them.
package org.rosterkeep.commands;
