/// Who is calling: operators with their passwords and signing keys, vendors' clients with their secrets and tokens.
///
/// Vocabulary: an *operator* is a person of the district's; a *session* is an operator who has just proved the password
/// and can therefore sign; a *client* is one credential of a vendor's, bound to one rule; a *token* is what a client
/// shows for a quarter of an hour; a *dialect* is a version of OneRoster on the wire.
///
/// Invariant: no secret, password or token rests in a form that can be shown, but for the secrets of OAuth 1.0a, which
/// cannot be checked without having them. It never sees the roster.
package org.rosterkeep.access;
