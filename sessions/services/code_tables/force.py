"""Which table in force another one would take the place of."""

from __future__ import annotations

from clawguard.domain.codesets.official import DATED_ROWS
from clawguard.domain.lifecycles import TableState
from sessions.models import CodeTable


def in_force_for(table: CodeTable) -> CodeTable | None:
    """The table to compare with: the one in force of its kind; of unit tables the latest up to the same quarter."""
    active = CodeTable.objects.filter(kind=table.kind, variant=table.variant, status=TableState.ACTIVE)
    return active.exclude(pk=table.pk).filter(quarter__lte=table.quarter).order_by("-quarter").first() or (
        active.exclude(pk=table.pk).order_by("quarter").first() if table.kind in DATED_ROWS else None
    )


def replaced_by(table: CodeTable) -> list[CodeTable]:
    """The tables that leave force when this one enters it."""
    active = CodeTable.objects.filter(kind=table.kind, variant=table.variant, status=TableState.ACTIVE)
    if table.kind not in DATED_ROWS:
        active = active.filter(quarter=table.quarter)
    return list(active.exclude(pk=table.pk))
