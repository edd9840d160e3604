"""Who gets what at every address. ``docs/authorization.md`` is printed from these tables."""

from tests.doors.matrix import common, disputes, letters, library, notes, rules, sessions, talk, webhooks
from tests.doors.matrix.row import CALLERS, Row

PARTS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("Sessions, findings, imports, checks", sessions.ROWS),
    ("Payer policies, rule packs, backtests", rules.ROWS),
    ("Notes requests, answers, notes", notes.ROWS),
    ("Cases, disputes, proposed adjustments, background work", disputes.ROWS),
    ("The library of disputes", library.ROWS),
    ("Letters and evidence packs of cases", letters.ROWS),
    ("Messages of cases", talk.ROWS),
    ("Webhooks", webhooks.ROWS),
    ("Signing in and what is public", common.ROWS),
)
ROWS: tuple[Row, ...] = tuple(row for _title, rows in PARTS for row in rows)

__all__ = ["CALLERS", "PARTS", "ROWS", "Row"]
