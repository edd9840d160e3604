"""The rows of our own tables in the database: one block of text each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.codesets.ours import OURS
from clawguard.domain.lifecycles import TableState
from sessions.models import CodeTable, CodeTableBlock


def store_text(table: CodeTable, text: str, rows: int) -> None:
    CodeTableBlock.objects.create(table=table, number=1, rows=rows, content=text.encode())


def load_text(table_id: UUID) -> str:
    return bytes(CodeTableBlock.objects.values_list("content", flat=True).get(table_id=table_id, number=1)).decode()


def text_in_force(kind: ListKind) -> str:
    """The rows that answer now: those in force, or those of the product where none were put in force."""
    table = CodeTable.objects.filter(kind=kind, status=TableState.ACTIVE).first()
    return load_text(table.pk) if table else OURS[kind].packaged


def value_of(table: CodeTable) -> Any:
    """What the rows of a table stand for; those that come with the product are not read at all."""
    ours = OURS[table.list_kind]
    return ours.packaged_value if table.version == ours.packaged_version else ours.value(load_text(table.pk))


def with_values(tables: CodeTables, values: Iterable[tuple[ListKind, Any]]) -> CodeTables:
    """``tables`` with these of our own tables in place of what they hold."""
    parts = {OURS[kind].part: value for kind, value in values}
    return replace(tables, **parts) if parts else tables
