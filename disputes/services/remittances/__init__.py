"""Remittances (835): taken in as files, stored payment by payment, matched to sessions, and read for takebacks.

A file is read from its beginning in goes of some seconds, each one transaction with its mark of progress, so that a
killed worker leaves off between two payments. A payment that cannot be read is refused by itself, with its segments
named; the others are stored.
"""

from disputes.services.remittances.dividing import Said, divide, set_takeback_aside
from disputes.services.remittances.judging import accept_balance, match_by_hand, set_aside
from disputes.services.remittances.matching import match_waiting
from disputes.services.remittances.reading import read_piece
from disputes.services.remittances.receiving import KIND, receive, take
from disputes.services.remittances.takebacks import open_for_claim, open_for_division, open_for_takebacks

__all__ = [
    "KIND",
    "Said",
    "accept_balance",
    "divide",
    "match_by_hand",
    "match_waiting",
    "open_for_claim",
    "open_for_division",
    "open_for_takebacks",
    "read_piece",
    "receive",
    "set_aside",
    "set_takeback_aside",
    "take",
]
