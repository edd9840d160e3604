"""Code tables of CMS and our own: files taken in, read through, kept whole, compared, and put in force.

Nothing of a file counts before all of it was read; what is in force changes in one transaction.
"""

from sessions.services.code_tables.comparing import change_lines, compare_all, compare_with_force
from sessions.services.code_tables.deciding import accept, activate, discard
from sessions.services.code_tables.ours import seed
from sessions.services.code_tables.reading import read_slice
from sessions.services.code_tables.receiving import Sent, Wanted, receive

__all__ = [
    "Sent",
    "Wanted",
    "accept",
    "activate",
    "change_lines",
    "compare_all",
    "compare_with_force",
    "discard",
    "read_slice",
    "receive",
    "seed",
]
