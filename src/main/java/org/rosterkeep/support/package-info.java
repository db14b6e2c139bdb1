/// What a district may hand to somebody who helps it: a file about the machine and the program, and about nobody.
///
/// It is made by taking, never by leaving out: each sheet has members of a closed list with values of a closed form,
/// and a log line is written anew out of what is known of it: words of closed lists, numbers, names of code.
/// Names and addresses become `district-1`, `address-1`.
@NullMarked
package org.rosterkeep.support;

import org.jspecify.annotations.NullMarked;
