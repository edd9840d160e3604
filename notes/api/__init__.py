"""The REST door of notes and notes requests."""
