/// Measures a whole appliance from outside: server and client are processes of their own on the loopback
/// interface, with
/// rules, authorisation, ledger and encryption on. `src/bench/load/load.sh` is the way in.
package org.rosterkeep.load;
