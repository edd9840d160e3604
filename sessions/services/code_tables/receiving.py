"""Taking in the files of a table: sealed on disk and recorded, parts of one table joined, before anything is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from clawguard.access import Problem
from clawguard.accounts.actors import Actor
from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.codesets.official import DATED_ROWS
from clawguard.domain.lifecycles import TableState
from clawguard.events.services import move, publish
from clawguard.events.words import optional
from sessions import policies
from sessions.codesets.ncci.names import told_by_name
from sessions.intake import file_names, vault
from sessions.models import CodeTable, CodeTableFile
from sessions.services.code_tables.ours import MOST_BYTES

OPEN_TO_PARTS = (TableState.READING, TableState.INCOMPLETE)
STANDING = (*OPEN_TO_PARTS, TableState.LOADED, TableState.ACTIVE, TableState.SUPERSEDED)


class Sent(NamedTuple):
    """One file as it comes in."""

    name: str
    chunks: Iterable[bytes]


class Wanted(NamedTuple):
    """Which table the files are said to be. A quarter of ``None`` is told from their names. A table of ours has neither
    variant nor quarter."""

    kind: TableKind | ListKind
    variant: Variant | None = None
    quarter: Quarter | None = None


@transaction.atomic
def receive(
    actor: Actor, wanted: Wanted, files: Sequence[Sent], now: dt.datetime, *, enough: str = "", read: bool = True
) -> CodeTable:
    """Seal and record the parts of one table, given together or one by one. The same file again changes nothing.

    ``enough`` says why few rows are a whole table (an excerpt). With ``read`` a worker goes on with it. Raises
    NotAllowed; Problem 400 for files whose names speak of another table, 409 for a quarter before the one in force,
    413 for a file too large.
    """
    policies.require_table_change(actor)
    enough = optional(enough, "/enough")
    if not files:
        raise Problem(400, "required", "No file was chosen", "Choose the files of one table first.")
    ours = isinstance(wanted.kind, ListKind)
    quarter = "" if ours else str(_quarter(wanted, [file.name for file in files]))
    of_kind = CodeTable.objects.filter(kind=wanted.kind, variant=wanted.variant or "").order_by("pk")
    tables = [table for table in of_kind.select_for_update() if table.status in STANDING]
    _refuse_older(tables, wanted, quarter)
    same = [table for table in tables if table.quarter == quarter]
    table = None if ours else next((each for each in same if each.status in OPEN_TO_PARTS), None)
    sealed = [_seal(file, MOST_BYTES if ours else settings.IMPORT_MAX_BYTES) for file in _one_if_ours(files, ours)]
    known = {row.sha256: row.table for row in CodeTableFile.objects.filter(table__in=same).select_related("table")}
    fresh = [file for file in sealed if file.sha256 not in known]
    for file in sealed:
        if file not in fresh:
            vault.remove(file.pk)
    if not fresh:
        return _said_enough(actor, known[sealed[0].sha256], now, enough)
    return _record(actor, table or _new(actor, wanted, quarter, now), fresh, now, enough, read)


def _quarter(wanted: Wanted, names: Sequence[str]) -> Quarter:
    """The quarter said or told by the names, once they agree with everything that was said."""
    quarters = {wanted.quarter} - {None}
    for name in names:
        told = told_by_name(name)
        if told.other_setting:
            _refuse("other_setting", "The file is not about practitioners", "Choose the practitioner file of the set.")
        if told.kind not in (None, wanted.kind) or told.variant not in (None, wanted.variant):
            _refuse("other_table", "The file's name speaks of another table", "Check kind and variant, or the file.")
        quarters |= {told.quarter} - {None}
    if not quarters:
        _refuse(
            "quarter_unknown",
            "The quarter is not known",
            "Fill in the quarter, such as 2026Q3; the file's name does not say it.",
        )
    if len(quarters) > 1:
        _refuse("quarters_differ", "The files speak of several quarters", "Send one quarter at a time.")
    [quarter] = quarters
    assert quarter is not None  # noqa: S101 - None was taken out above
    return quarter


def _refuse(code: str, title: str, detail: str) -> None:
    raise Problem(400, code, title, detail)


def _one_if_ours(files: Sequence[Sent], ours: bool) -> Sequence[Sent]:
    if ours and len(files) > 1:
        raise Problem(400, "several_files", "This table is one file", "Send one CSV file that holds the whole table.")
    return files


def _refuse_older(tables: Sequence[CodeTable], wanted: Wanted, quarter: str) -> None:
    """Dated rows are complete in each quarter, so an older file knows less than the one in force."""
    if wanted.kind not in DATED_ROWS:
        return
    for table in tables:
        if table.status == TableState.ACTIVE and table.table_quarter > Quarter.read(quarter):
            message = f"{table.quarter} is in force and holds every earlier row. {quarter} would only lose some."
            raise Problem(409, "older_quarter", "A later quarter is in force", message)


def _seal(file: Sent, most: int) -> CodeTableFile:
    row = CodeTableFile(name=file_names.clean(file.name), position=told_by_name(file.name).part)
    try:
        row.size, row.sha256 = vault.keep(row.pk, file.chunks, most)
    except vault.TooLarge:
        message = f"At most {most:,} bytes for each file." + (" Send it zipped." if most > MOST_BYTES else "")
        raise Problem(413, "too_large", "The file is too large", message) from None
    if not row.size:
        vault.remove(row.pk)
        raise Problem(400, "file_empty", "The file is empty", "Choose the file again; nothing was kept.")
    return row


def _new(actor: Actor, wanted: Wanted, quarter: str, now: dt.datetime) -> CodeTable:
    table = CodeTable(kind=wanted.kind, variant=wanted.variant or "", quarter=quarter, created_at=now)
    table.created_by_id, table.created_by_name = actor.id, actor.name
    table.set_period()
    table.save(force_insert=True)
    return table


def _said_enough(actor: Actor, table: CodeTable, now: dt.datetime, enough: str) -> CodeTable:
    """Files that were here already, now with a reason why they are all there is."""
    if enough and table.status == TableState.INCOMPLETE:
        move(table, TableState.READING, actor, now, accepted_reason=enough, cause="", detail="")
    return table


def _record(
    actor: Actor, table: CodeTable, files: Sequence[CodeTableFile], now: dt.datetime, enough: str, read: bool
) -> CodeTable:
    taken = set(table.files.values_list("position", flat=True))
    last = table.files.aggregate(last=Max("position"))["last"] or 0
    for file in files:
        if not file.position or file.position in taken:
            file.position = max(last, *taken, 0) + 1
        taken.add(file.position)
        file.table = table
        file.save(force_insert=True)
    if enough:
        table.accepted_reason = enough
        table.save(update_fields=["accepted_reason"])
    facts = {"files": len(files), "kind": table.kind, "variant": table.variant, "quarter": table.quarter}
    if table.status == TableState.INCOMPLETE:
        move(table, TableState.READING, actor, now, payload=facts, cause="", detail="")
    elif read:
        publish("table.received", table, actor, now, facts)
    return table
