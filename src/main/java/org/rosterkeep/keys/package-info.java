/// The key cupboard: where a district's secrets come from, how they rest sealed, and what is made from them.
///
/// Words: an *unsealing* turns something a person or machine has (a passphrase, a file, a token) into a
/// wrapping key, whose
/// public half is a *way* in the key file; each way is enough, and none touches the data; the *key
/// file* is what rests on disk, wrapped; the *key ring* is what it holds, unwrapped, in memory only; an *epoch* is one
/// generation of the keys that seal blocks and documents.
///
/// Invariant: a rotation changes what blocks are sealed with and nothing that a vendor can see: record keys,
/// outward ids
/// and the ledger's signature come from secrets that outlive every epoch.
///
/// It never sees the roster: it is given bytes and purposes, not records.
package org.rosterkeep.keys;
