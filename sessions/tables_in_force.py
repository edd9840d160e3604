"""What the pages and the API show of code tables: which answer for which dates, what waits, and what was before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.lifecycles import TableState
from clawguard.events.errors import NotFound
from sessions import policies
from sessions.codesets.own_rows import text_in_force
from sessions.models import CodeTable, CodeTableChange, IcdRelease
from sessions.models.code_tables import OUR_KINDS

WAITING = (TableState.READING, TableState.INCOMPLETE, TableState.LOADED)
MOST_PAST = 50


class Overview(NamedTuple):
    """``past`` are the latest of those that were in force once or were never kept."""

    in_force: Sequence[CodeTable]
    releases: Sequence[IcdRelease]
    waiting: Sequence[CodeTable]
    past: Sequence[CodeTable]


def code_tables(actor: Actor) -> QuerySet[CodeTable]:
    """Raises NotAllowed."""
    policies.require_table_reader(actor)
    return CodeTable.objects.all()


def get_code_table(actor: Actor, table_id: UUID) -> CodeTable:
    """Raises NotAllowed, NotFound."""
    table = code_tables(actor).filter(pk=table_id).first()
    if table is None:
        raise NotFound
    return table


def compared_with(table: CodeTable) -> CodeTable | None:
    """The table whose rows those of ``table`` were compared with; None before a comparison, or where none answered."""
    key = (table.comparison or {}).get("base")
    return CodeTable.objects.filter(pk=key).first() if key else None


def overview(actor: Actor) -> Overview:
    rows = code_tables(actor)
    return Overview(
        list(rows.filter(status=TableState.ACTIVE).order_by("kind", "variant", "-quarter")),
        releases(actor),
        list(rows.filter(status__in=WAITING).order_by("-created_at")),
        list(rows.exclude(status__in=(TableState.ACTIVE, *WAITING)).order_by("-created_at")[:MOST_PAST]),
    )


def releases(actor: Actor) -> list[IcdRelease]:
    """The releases of ICD-10-CM, latest first. Raises NotAllowed."""
    policies.require_table_reader(actor)
    return list(IcdRelease.objects.order_by("-first_day"))


def rows_of_ours(actor: Actor, kind: str) -> str:
    """The rows of a table of ours that answer now, as CSV. Raises NotAllowed, NotFound."""
    policies.require_table_reader(actor)
    if kind not in OUR_KINDS:
        raise NotFound
    return text_in_force(ListKind(kind))


def changes(table: CodeTable, kind: str, after: int, count: int) -> list[CodeTableChange]:
    """What changes for codes the network bills, ``count`` and one more, from behind row ``after``."""
    rows = table.changes.filter(pk__gt=after).order_by("pk")
    return list((rows.filter(kind=kind) if kind else rows)[: count + 1])
