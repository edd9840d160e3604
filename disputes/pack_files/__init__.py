"""What an evidence pack holds: name and bytes of each file, for one of its two audiences."""

from disputes.pack_files.collecting import collect

__all__ = ["collect"]
