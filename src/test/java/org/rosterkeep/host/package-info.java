/// What only an operating system can show: tests on a bare host with a real service manager, booted for each of them.
package org.rosterkeep.host;
