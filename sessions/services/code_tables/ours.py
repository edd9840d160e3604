"""Our own code tables: an operator's file taken in and read, and the rows of the product put in force at first."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.codesets.lists import ListError, ListKind, ReadList, as_text, digest, read_file, read_kept
from clawguard.domain.codesets.ours import OURS
from clawguard.domain.lifecycles import TableState
from clawguard.events.services import move
from sessions.codesets.ncci import Unfit
from sessions.codesets.own_rows import store_text, text_in_force
from sessions.intake import vault
from sessions.models import CodeTable, CodeTableFile, CodeTableProblem
from sessions.services.code_tables.loaded import mark_loaded

PRODUCT = "Clawguard"  # who put in force what came with it
MOST_BYTES = 2 * 1024 * 1024  # hundreds of rows are usual; this holds some ten thousand
MOST_PROBLEMS = 500  # kept for each table; all are counted
LEAST_SHARE = 0.9  # of the rows of the table in force; a whole table hardly ever shrinks


def read_rows(table: CodeTable, file: CodeTableFile) -> str:
    """The rows of an operator's file as kept text; ``""`` where some cannot be read, which are then on record.

    Raises Unfit when it is no such table at all, ``vault.Gone``.
    """
    form = OURS[table.list_kind].form
    try:
        found = read_file(form, b"".join(vault.read(file.pk)))
    except ListError as error:
        raise Unfit(error.code, str(error)) from None
    _count(table, file, found)
    return "" if found.faults else as_text(form, found.rows)


def _count(table: CodeTable, file: CodeTableFile, found: ReadList) -> None:
    """The file is read in one go, and again when it is said that its few rows are enough."""
    table.problems.all().delete()
    problems = [
        CodeTableProblem(
            table=table,
            file_name=file.name,
            line=fault.line,
            code=fault.column,
            message=f"{fault.column}: {fault.message}"[:300],
        )
        for fault in found.faults[:MOST_PROBLEMS]
    ]
    CodeTableProblem.objects.bulk_create(problems)
    table.problems_count, table.rows_read = len(found.faults), found.rows_read
    table.save(update_fields=["problems_count", "rows_read"])


def too_few(kind: ListKind, count: int) -> str:
    """Why so few rows are hardly the whole table; empty when they are enough."""
    present = len(read_kept(OURS[kind].form, text_in_force(kind)))
    if count >= LEAST_SHARE * present:
        return ""
    return f"{count:,} rows were read; the table in force has {present:,}. Send the whole table, or say why."


def keep(table: CodeTable, text: str, now: dt.datetime) -> None:
    """Store the rows; the table is loaded then."""
    rows = len(read_kept(OURS[table.list_kind].form, text))
    store_text(table, text, rows)
    mark_loaded(table, digest(text), rows, now)


@transaction.atomic
def seed(kind: ListKind, now: dt.datetime) -> CodeTable | None:
    """Have the rows that come with this version of the product on record; the table, where one was added or put in
    force. They enter force by themselves where none is in force, or the rows of an earlier version of the product.
    What a lead put in force stays, and the product's rows wait to be compared with it.

    Two who start at once, also on an empty database, do it one after the other; the second finds it done.
    """
    with connection.cursor() as cursor:  # a row lock holds nobody while there are no rows
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"own table {kind}"])
    packaged = OURS[kind]
    of_kind = list(CodeTable.objects.filter(kind=kind).order_by("pk").select_for_update())
    active = next((table for table in of_kind if table.status == TableState.ACTIVE), None)
    standing = (TableState.LOADED, TableState.ACTIVE, TableState.SUPERSEDED)
    known = [table for table in of_kind if table.version == packaged.packaged_version and table.status in standing]
    table = known[0] if known else _packaged(kind, packaged.packaged, now)
    enters = table.status != TableState.ACTIVE and (active is None or _by_itself(active))
    if enters:
        _enter(table, active, now)
    return None if known and not enters else table


def _by_itself(active: CodeTable) -> bool:
    """Whether a table is in force without anybody's doing: rows of the product that no lead put back in force."""
    return active.activated_by_name == PRODUCT and not active.files.exists()


def _packaged(kind: ListKind, text: str, now: dt.datetime) -> CodeTable:
    table = CodeTable(kind=kind, created_at=now, created_by_name=PRODUCT)
    table.rows_read = len(text.splitlines()) - 1
    table.set_period()
    table.save(force_insert=True)
    keep(table, text, now)
    return table


def _enter(table: CodeTable, leaving: CodeTable | None, now: dt.datetime) -> None:
    if leaving is not None:
        move(leaving, TableState.SUPERSEDED, SYSTEM, now, payload={"by": str(table.pk)}, superseded_at=now)
    facts = {"kind": table.kind, "variant": "", "quarter": "", "version": table.version[:16]}
    move(
        table,
        TableState.ACTIVE,
        SYSTEM,
        now,
        payload=facts,
        activated_at=now,
        activated_by_name=PRODUCT,
        superseded_at=None,
    )
