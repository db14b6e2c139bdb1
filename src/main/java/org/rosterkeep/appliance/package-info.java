/// The frame: main, the command line, wiring, configuration, log.
///
/// It may use every other package; no other package uses it.
package org.rosterkeep.appliance;
