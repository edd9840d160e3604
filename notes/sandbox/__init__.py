"""Reading of files that nobody trusts, in a process that can do nothing else. See docs/notes-intake.md."""

from notes.sandbox.parent import Stopped, look, probe, read

__all__ = ["Stopped", "look", "probe", "read"]
