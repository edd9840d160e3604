"""The pages of triage, cases, disputes, adjustments and background work."""
