"""The moment at which all rows of a table are stored, of CMS or our own."""

from __future__ import annotations

import datetime as dt

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import TableState
from clawguard.events.services import move
from sessions.models import CodeTable


def mark_loaded(table: CodeTable, version: str, rows: int, now: dt.datetime, detail: str = "") -> None:
    """``version``: the digest of the rows that were stored; ``detail``: what people should know of them."""
    move(
        table,
        TableState.LOADED,
        SYSTEM,
        now,
        payload={"rows": rows, "version": version[:16]},
        version=version,
        rows_count=rows,
        loaded_at=now,
        cause="",
        detail=detail,
    )
