"""``manage.py load_ncci_add_on FILE…``: the quarterly NCCI file as CMS publishes it."""

from clawguard.domain.codesets import TableKind
from sessions.management.loading import LoadOfficialTable


class Command(LoadOfficialTable):
    kind = TableKind.ADD_ONS
    help = "Load the NCCI list of add-on codes. Exit code 0: done; 1: not kept; 2: cannot be taken."
