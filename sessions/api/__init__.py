"""The REST door of sessions, findings, checks and imports."""
