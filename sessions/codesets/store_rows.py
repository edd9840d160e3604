"""The rows of a code table in the database: written once, read back in order."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from clawguard.domain.codesets.packed import PackedRows, Row, RowBuilder
from sessions.models import CodeTable, CodeTableBlock

BLOCK_ROWS = 100_000  # a megabyte and a half


def store_rows(table: CodeTable, rows: PackedRows) -> None:
    for number, content in enumerate(rows.blocks(BLOCK_ROWS), 1):
        count = min(BLOCK_ROWS, len(rows) - (number - 1) * BLOCK_ROWS)
        CodeTableBlock.objects.create(table=table, number=number, rows=count, content=content)


def load_rows(table_id: UUID) -> PackedRows:
    """All rows of a table; some tenths of a second for a full pair table."""
    builder = RowBuilder()
    for content in _contents(table_id):
        builder.add_block(content)
    return PackedRows(builder.columns)


def iterate_rows(table_id: UUID) -> Iterator[Row]:
    """The rows in order with only one block in memory."""
    for content in _contents(table_id):
        builder = RowBuilder()
        builder.add_block(content)
        yield from PackedRows(builder.columns)


def _contents(table_id: UUID) -> Iterator[bytes]:
    """Block by block, each by a question of its own, so that it works outside a transaction too."""
    blocks = CodeTableBlock.objects.filter(table_id=table_id)
    for number in range(1, blocks.count() + 1):
        yield bytes(blocks.values_list("content", flat=True).get(number=number))
