/// What a recipient may see now, in numbered editions: bitmaps of ordinals, previews, guards.
///
/// It works on references and never sees a value.
package org.rosterkeep.entitlement;
