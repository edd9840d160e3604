"""What changes by a table that is not in force yet: counts of everything, and the list for codes the network bills."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from clawguard.domain.codesets import TableKind
from clawguard.domain.codesets.comparing import Change, compare
from clawguard.domain.codesets.lists import read_kept
from clawguard.domain.codesets.ours import OURS, changes
from clawguard.domain.codesets.packed import codes_of
from clawguard.domain.lifecycles import TableState
from sessions.codesets import current_tables
from sessions.codesets.describe import describe, told_cells
from sessions.codesets.own_rows import load_text
from sessions.codesets.store_rows import iterate_rows
from sessions.intake.spreadsheets import table as as_csv
from sessions.models import CodeTable, CodeTableChange
from sessions.services.code_tables.force import in_force_for

MOST_CHANGES = 20_000  # listed for each table; all are counted, and all are in the download
MOST_SHOWN = 120  # characters of a side; the download has all
BATCH = 2_000
COLUMNS = ("change", "code", "second code", "before", "after")
_BILLED = "SELECT DISTINCT unnest(codes) FROM therapy_sessions_therapysession"


class Told(NamedTuple):
    """One change as a row of the download."""

    kind: str
    first: str
    second: str
    before: str
    after: str


def compare_all(table_id: UUID, now: dt.datetime) -> None:
    """Compare every table that could enter force next with what is in force now. Done already: nothing happens."""
    table = CodeTable.objects.get(pk=table_id)
    of_kind = CodeTable.objects.filter(kind=table.kind, variant=table.variant)
    waiting = list(of_kind.filter(status=TableState.LOADED).order_by("created_at"))
    before = of_kind.filter(status=TableState.SUPERSEDED).order_by("-superseded_at").first()
    for each in [*waiting, *([before] if before else [])]:
        compare_with_force(each.pk, now)


@transaction.atomic
def compare_with_force(table_id: UUID, now: dt.datetime) -> CodeTable:
    table = CodeTable.objects.select_for_update().get(pk=table_id)
    base = in_force_for(table)
    key = str(base.pk) if base else ""
    if table.comparison and table.comparison["base"] == key:
        return table
    table.changes.all().delete()
    everything, billed = Counter[str](), Counter[str]()
    rows = _listed(table, _counted(_told(table, base), everything), None if table.is_ours else _billed_codes(), billed)
    while batch := list(islice(rows, BATCH)):
        CodeTableChange.objects.bulk_create(batch)
    table.comparison = {
        "base": key,
        "base_name": str(base) if base else "",
        "all": dict(everything),
        "billed": dict(billed),
        "at": now.isoformat(),
    }
    table.save(update_fields=["comparison"])
    return table


def change_lines(table: CodeTable) -> Iterator[str]:
    """Everything that changes, as CSV lines; worked out while it is read, block by block."""
    base_key = table.comparison.get("base")
    base = CodeTable.objects.filter(pk=base_key).first() if base_key else None
    return as_csv(COLUMNS, _told(table, base))


def _told(table: CodeTable, base: CodeTable | None) -> Iterator[Told]:
    """Each change in words."""
    if table.is_ours:
        return _of_ours(table, base)
    return (_cells(table.table_kind, change) for change in _changes(table, base))


def _of_ours(table: CodeTable, base: CodeTable | None) -> Iterator[Told]:
    """Where none is in force, the rows of the product answer, and it is they that change."""
    ours = OURS[table.list_kind]
    old = load_text(base.pk) if base else ours.packaged
    rows = (read_kept(ours.form, text) for text in (old, load_text(table.pk)))
    for change in changes(ours.form, *rows):
        first, second = (*change.key, "")[:2]
        yield Told(str(change.kind), first, second, told_cells(change.before), told_cells(change.after))


def _changes(table: CodeTable, base: CodeTable | None) -> Iterator[Change]:
    old = iterate_rows(base.pk) if base else iter(())
    return compare(old, iterate_rows(table.pk), amounts=table.table_kind is TableKind.UNITS)


def _counted(changes: Iterable[Told], counts: Counter[str]) -> Iterator[Told]:
    for change in changes:
        counts[change.kind] += 1
        yield change


def _listed(
    table: CodeTable, changes: Iterable[Told], billed: frozenset[str] | None, counts: Counter[str]
) -> Iterator[CodeTableChange]:
    """Changes about codes the network bills, a pair only when it bills both; of our own tables (``None``) all."""
    for change in changes:
        if billed is not None and (
            change.first not in billed or (table.kind == TableKind.PAIRS and change.second not in billed)
        ):
            continue
        counts[change.kind] += 1
        if sum(counts.values()) <= MOST_CHANGES:
            shown = change._replace(before=change.before[:MOST_SHOWN], after=change.after[:MOST_SHOWN])
            yield CodeTableChange(table=table, **shown._asdict())


def _cells(kind: TableKind, change: Change) -> Told:
    first, second = codes_of(change.row.key)
    return Told(str(change.kind), first, second, describe(kind, change.before), describe(kind, change.after))


def _billed_codes() -> frozenset[str]:
    """Codes of sessions on record and those of our own procedure table."""
    with connection.cursor() as cursor:
        cursor.execute(_BILLED)
        return frozenset(current_tables().procedures.rows) | {code for (code,) in cursor.fetchall()}
