/// What the processes say of themselves: one JSON object a line, each with a code of a closed list and facts that
/// cannot be a person. It knows no other room, and every other room may be given it.
@NullMarked
package org.rosterkeep.log;

import org.jspecify.annotations.NullMarked;
