/// # The map
///
/// Rosterkeep keeps a district's roster on the district's own machine. A record leaves only when a sharing rule of the
/// district permits it, and never before the record of disclosures says so.
///
/// Follow one record, and you have seen the house:
///
/// 1. **In.** A delivery is read by [org.rosterkeep.intake.Intake]: parsed, checked, thinned out to the elements that
///    may be kept ([org.rosterkeep.roster.Catalogue]), packed as [org.rosterkeep.roster.Row]s, and put into a
///    [org.rosterkeep.intake.Landing.Batch]. What it no longer names is held back when too much of it would vanish.
/// 2. **At rest.** [org.rosterkeep.vault.Vault] keeps rows in encrypted, versioned blocks under the keys of
///    [org.rosterkeep.keys.KeyRing], and the roster's shape, without a value, as
///    [org.rosterkeep.roster.Relations]. A batch is visible whole or not at all.
/// 3. **May it leave?** [org.rosterkeep.rules.RuleBook] answers every [org.rosterkeep.rules.Ask] with a
///    [org.rosterkeep.rules.Decision]; what nobody approved is no. [org.rosterkeep.entitlement.Entitlement] turns a
///    rule's scope into sets of ordinals, [org.rosterkeep.entitlement.Editions] numbers what one client may see.
/// 4. **Out.** A vendor's request comes in at [org.rosterkeep.vendors.VendorApi], which knows who is calling from
///    [org.rosterkeep.access.Tokens] and makes an [org.rosterkeep.disclosure.Inquiry] of it.
///    [org.rosterkeep.disclosure.Gate] is the one door: decide, read, record, release.
/// 5. **On record.** [org.rosterkeep.ledger.Ledger] chained and synced the entry before the first byte;
///    [org.rosterkeep.ledger.Disclosures] answers who received what about a person, and
///    [org.rosterkeep.ledger.LedgerVerifier] says whether anybody touched it.
///
/// What is sent rather than asked for goes another way out: [org.rosterkeep.outbound.Outbox] knows how far each
/// target was
/// told and takes parcels from the same gate; the keep cannot open a connection, so it gives its orders to
/// a second process, `rosterkeep courier` (package `courier`), in frames of [org.rosterkeep.courier.wire.Line]. The
/// courier has no data of its own, and looks for itself whether the order's papers permit it.
///
/// What is fetched rather than handed in ([org.rosterkeep.sources.Sources]) comes the same way back, and through
/// the door of step 1.
/// What the processes say of themselves is [org.rosterkeep.log.Log]: codes and typed facts, and no text;
/// what a person is told unasked goes through [org.rosterkeep.notices.Postbox];
/// what may be handed to whoever helps is [org.rosterkeep.support.Bundle].
///
/// When something went wrong, [org.rosterkeep.breach.Incidents] keeps what was said of it and counts whom to
/// tell by when.
///
/// How a person's data ends is [org.rosterkeep.retention.DisposalPlan]; what was decided about it
/// [org.rosterkeep.retention.Orders].
///
/// What outlives the machine is [org.rosterkeep.backup.BackupFile], and what must outlive even that
/// [org.rosterkeep.backup.Safe].
///
/// [org.rosterkeep.commands.Main] is the way in for people, [org.rosterkeep.appliance.Wiring] the one place where
/// rooms are joined: outside `appliance` nobody imports `vault` or `ledger`. Which arrows are allowed is tested by
/// `HouseTest`; why the house is not quite the one first drawn is in `src/docs/decisions`.
///
/// Three words are never mixed: *entitlement* is what a client may see, *disclosure* what it was shown, and a
/// *holding* (to come) what it is believed to have. Three ids are never mixed: an ordinal is ours, a
/// [org.rosterkeep.roster.SourcedId] the source system's, an outward id one client's.
package org.rosterkeep;
