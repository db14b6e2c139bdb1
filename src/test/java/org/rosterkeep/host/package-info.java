/// What only an operating system or the linked image can show: tests on a bare host with a real service manager, booted
/// for each of them, and programs that run in the image. None of it may lie in a package of the program: the image has
/// those as a module.
package org.rosterkeep.host;
