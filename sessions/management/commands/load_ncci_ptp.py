"""``manage.py load_ncci_ptp FILE…``: the quarterly NCCI file as CMS publishes it."""

from clawguard.domain.codesets import TableKind
from sessions.management.loading import LoadOfficialTable


class Command(LoadOfficialTable):
    kind = TableKind.PAIRS
    help = "Load the NCCI pairs of codes (PTP), practitioner. Exit code 0: done; 1: not kept; 2: cannot be taken."
