"""Reading the quarterly NCCI files as CMS publishes them: text or spreadsheet, loose or zipped."""

from sessions.codesets.ncci.archive import Unfit, open_sheet
from sessions.codesets.ncci.names import Told, told_by_name
from sessions.codesets.ncci.rows import Faulty, read_entries

__all__ = ["Faulty", "Told", "Unfit", "open_sheet", "read_entries", "told_by_name"]
