"""The pages of sessions, imports and checks."""
