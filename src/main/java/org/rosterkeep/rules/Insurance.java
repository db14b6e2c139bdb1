package org.rosterkeep.rules;

import java.time.LocalDate;

/// What covers a loss of data.
///
/// @param until the last day of cover
public record Insurance(String insurer, String policy, LocalDate until) {}
