"""Code tables that are loaded and wait for a lead: part of the draft pack, as if they were in force."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.official import DATED_ROWS
from clawguard.domain.lifecycles import TableState
from sessions.codesets.read import with_loaded
from sessions.models import CodeTable
from sessions.services.code_tables.force import replaced_by


def loaded_tables() -> list[UUID]:
    """The newest loaded table of each place that one table can take in force."""
    places: dict[tuple[str, ...], UUID] = {}
    for table in CodeTable.objects.filter(status=TableState.LOADED).order_by("quarter", "created_at"):
        quarter = "" if table.kind in DATED_ROWS else table.quarter
        places[table.kind, table.variant, quarter] = table.pk
    return sorted(places.values())


def with_tables(standing: CodeTables, loaded: Sequence[str]) -> CodeTables:
    """Raises ``KeyError`` when one of them was put in force or left meanwhile."""
    if not loaded:
        return standing
    rows = list(CodeTable.objects.filter(pk__in=loaded))
    leaving = {str(old.pk) for row in rows for old in replaced_by(row)}
    return with_loaded(standing, loaded, leaving)
