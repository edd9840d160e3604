"""Files: taken in, read through, then stored piece by piece. Nothing is stored while a row is bad, unless asked for.

A file is read in slices and stored in pieces of 2,500 rows, each in one transaction with its mark of progress, so
that a killed worker leaves off between two pieces and the next one goes on there.
"""

from sessions.services.imports.mapping import confirm_mapping, preview
from sessions.services.imports.reading import read_slice
from sessions.services.imports.receiving import KINDS, Wishes, receive, take
from sessions.services.imports.running import cancel, clear_abandoned, start, store_piece

__all__ = [
    "KINDS",
    "Wishes",
    "cancel",
    "clear_abandoned",
    "confirm_mapping",
    "preview",
    "read_slice",
    "receive",
    "start",
    "store_piece",
    "take",
]
