"""Files: taken in, read through, then stored piece by piece. Nothing is stored while a row is bad, unless asked for.

A file is read in slices of 2,500 rows by as many workers as are free. What is good of a slice is a piece, and pieces
are stored in order. Each is one transaction with its mark of progress, so that a killed worker leaves off between two
and the next one goes on there.
"""

from sessions.services.imports.mapping import confirm_mapping, preview
from sessions.services.imports.reading import cut, read_on, read_slice
from sessions.services.imports.receiving import KINDS, Wishes, author, receive, seal, take
from sessions.services.imports.running import cancel, clear_abandoned, end, start, store_piece

__all__ = [
    "KINDS",
    "Wishes",
    "author",
    "cancel",
    "clear_abandoned",
    "confirm_mapping",
    "cut",
    "end",
    "preview",
    "read_on",
    "read_slice",
    "receive",
    "seal",
    "start",
    "store_piece",
    "take",
]
