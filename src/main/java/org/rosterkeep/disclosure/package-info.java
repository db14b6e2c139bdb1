/// The door: the only way a personal value becomes bytes outside the vault.
///
/// Bytes need a disclosure, a disclosure needs a permit and a receipt, and only this package makes those. It never
/// knows SQL, HTTP, cryptography or templates.
package org.rosterkeep.disclosure;
