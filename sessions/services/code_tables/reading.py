"""Reading the files of a table slice by slice into sealed pieces, then all pieces into the table's rows.

A killed worker repeats one slice at most. Rows reach the database in the last step, all of them or none.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.codesets.lists import digest
from clawguard.domain.codesets.packed import PackedRows, RowBuilder, day_number, told_twice
from clawguard.domain.lifecycles import TableState
from clawguard.events.services import move, publish
from sessions.codesets.ncci import Faulty, Unfit, open_sheet, read_entries
from sessions.codesets.store_rows import store_rows
from sessions.intake import vault
from sessions.models import CodeTable, CodeTableFile, CodeTableProblem
from sessions.services.code_tables import ours
from sessions.services.code_tables.force import in_force_for
from sessions.services.code_tables.loaded import mark_loaded
from sessions.services.code_tables.ours import LEAST_SHARE, MOST_PROBLEMS

SLICE_ROWS = 200_000  # some seconds of reading
ALREADY_HERE = "Exactly these rows were loaded before; nothing changed."


@transaction.atomic
def read_slice(table_id: UUID, now: dt.datetime) -> bool:
    """Read on from where the last slice ended; True while there is more. The last step keeps or refuses it."""
    table = CodeTable.objects.select_for_update().get(pk=table_id)
    if table.status != TableState.READING:
        return False
    try:
        file = _next_file(table)
        if file is None:
            _finish(table, now)
            return False
        if table.is_ours:
            _finish_ours(table, file, now)
            return False
        _read(table, file, now)
    except Unfit as unfit:
        _refuse(table, unfit.code, f"{file.name}: {unfit.message}" if file else unfit.message, now)
        return False
    except vault.Gone:
        _refuse(table, "file_gone", "The sealed file went missing; send it again.", now)
        return False
    publish("table.reading", table, SYSTEM, now, {"rows": table.rows_read})
    return True


def _next_file(table: CodeTable) -> CodeTableFile | None:
    """The one to read on; of a table of ours its only one, read again once its few rows are said to be enough."""
    files = table.files.order_by("position")
    return files.first() if table.is_ours else files.filter(read_at=None).first()


def _read(table: CodeTable, file: CodeTableFile, now: dt.datetime) -> None:
    builder, problems, count = RowBuilder(), list[CodeTableProblem](), 0
    add = builder.add
    with _unsealed(file) as content:
        entries = read_entries(table.table_kind, open_sheet(content, file.name), file.rows_read)
        for entry in islice(entries, SLICE_ROWS):
            count += 1
            if isinstance(entry, Faulty):
                problems.append(CodeTableProblem(table=table, file_name=file.name, **entry._asdict()))
            elif entry is not None:
                add(*entry)
    file.pieces += 1
    vault.keep_piece(file.pk, file.pieces, builder.drain())
    file.rows_read += count
    if count < SLICE_ROWS:
        file.read_at = now
    file.save(update_fields=["pieces", "rows_read", "read_at"])
    room = max(0, MOST_PROBLEMS - table.problems_count)
    CodeTableProblem.objects.bulk_create(problems[:room])
    table.problems_count += len(problems)
    table.rows_read += count
    table.save(update_fields=["problems_count", "rows_read"])


@contextmanager
def _unsealed(file: CodeTableFile) -> Iterator[IO[bytes]]:
    """The file in the clear, in a place without a name: archives are read from their end."""
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as content:
        for chunk in vault.read(file.pk):
            content.write(chunk)
        content.seek(0)
        yield content


def _finish(table: CodeTable, now: dt.datetime) -> None:
    """All files were read: keep the rows, wait for more of them, or refuse the table."""
    if table.problems_count:
        _refuse(table, "bad_rows", f"{table.problems_count:,} rows cannot be read; nothing was kept.", now)
        return
    rows = _all_rows(table)
    if not rows:
        raise Unfit("no_rows", "The file holds no row.")
    _refuse_other_quarter(table, rows)
    version = rows.digest()
    if _kept_out(table, version, len(rows), partial(_too_few, table, len(rows)), now):
        return
    store_rows(table, rows)
    twice = told_twice(rows)
    detail = f"{twice:,} rows begin on the same day as another row about the same codes." if twice else ""
    mark_loaded(table, version, len(rows), now, detail)
    clear_files(table)


def _finish_ours(table: CodeTable, file: CodeTableFile, now: dt.datetime) -> None:
    """A table of ours is small: it is read in one go, and kept, refused, or made to wait for a reason."""
    text = ours.read_rows(table, file)
    file.read_at = now
    file.save(update_fields=["read_at"])
    if not text:
        _refuse(table, "bad_rows", f"{table.problems_count:,} cells cannot be read; nothing was kept.", now)
        return
    count = table.rows_read
    if not count:
        raise Unfit("no_rows", "The file holds no row.")
    if _kept_out(table, digest(text), count, partial(ours.too_few, table.list_kind, count), now):
        return
    ours.keep(table, text, now)
    clear_files(table)


def _kept_out(table: CodeTable, version: str, rows: int, too_few: Callable[[], str], now: dt.datetime) -> bool:
    """Whether rows that could all be read are not kept: they are here already, or are too few and nobody said why."""
    if _is_here(table, version):
        _refuse(table, "already_here", ALREADY_HERE, now)
        return True
    few = "" if table.accepted_reason else too_few()
    if few:
        move(table, TableState.INCOMPLETE, SYSTEM, now, cause="few_rows", detail=few, rows_count=rows)
    return bool(few)


def _is_here(table: CodeTable, version: str) -> bool:
    known = CodeTable.objects.filter(kind=table.kind, variant=table.variant, quarter=table.quarter, version=version)
    return known.exclude(status__in=(TableState.REFUSED, TableState.DISCARDED)).exists()


def _all_rows(table: CodeTable) -> PackedRows:
    builder = RowBuilder()
    for file in table.files.order_by("position"):
        for number in range(1, file.pieces + 1):
            builder.add_block(vault.read_piece(file.pk, number))
    return builder.build()


def _refuse_other_quarter(table: CodeTable, rows: PackedRows) -> None:
    """A row that begins after the quarter belongs to a later table than the one the file is said to be."""
    if max(rows.first_days) > day_number(table.table_quarter.last_day):
        raise Unfit("other_quarter", f"Rows begin after {table.quarter} has ended; check the quarter.")


def _too_few(table: CodeTable, count: int) -> str:
    """Why so few rows are not a whole table; empty when they are enough."""
    fewest = settings.NCCI_FEWEST_ROWS[table.kind]
    if count < fewest:
        return f"{count:,} rows were read; a whole table has at least {fewest:,}. Add the missing parts, or say why."
    base = in_force_for(table)
    if base is not None and count < LEAST_SHARE * base.rows_count:
        return (
            f"{count:,} rows were read; the table in force has {base.rows_count:,}. Add the missing parts, or say why."
        )
    return ""


def _refuse(table: CodeTable, cause: str, detail: str, now: dt.datetime) -> None:
    move(table, TableState.REFUSED, SYSTEM, now, payload={"cause": cause}, cause=cause, detail=detail[:300])
    clear_files(table)


def clear_files(table: CodeTable) -> None:
    """After the commit: the sealed files and pieces are not needed any more."""
    for key in table.files.values_list("pk", flat=True):
        transaction.on_commit(partial(vault.remove, key), robust=True)
