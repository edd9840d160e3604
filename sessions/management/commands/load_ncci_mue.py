"""``manage.py load_ncci_mue FILE…``: the quarterly NCCI file as CMS publishes it."""

from clawguard.domain.codesets import TableKind
from sessions.management.loading import LoadOfficialTable


class Command(LoadOfficialTable):
    kind = TableKind.UNITS
    help = "Load the NCCI unit limits (MUE), practitioner. Exit code 0: done; 1: not kept; 2: cannot be taken."
