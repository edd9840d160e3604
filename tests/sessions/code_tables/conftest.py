"""A folder of one's own, and tables that may be small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.codesets import Quarter, TableKind, Variant
from sessions.models import CodeTable
from sessions.services import code_tables
from sessions.services.code_tables import Sent, Wanted
from tests.builders import NOW
from tests.sessions.code_tables import files

Load = Callable[..., CodeTable]


@pytest.fixture(autouse=True)
def _small(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.NCCI_FEWEST_ROWS = {kind.value: 1 for kind in TableKind}


@pytest.fixture
def load(db: None) -> Load:
    """Take in, read to the end, compare: ``load(content)`` is a pair table of 2026Q3."""

    def run(
        *contents: bytes,
        kind: TableKind = TableKind.PAIRS,
        quarter: str = "2026Q3",
        variant: Variant = Variant.MEDICARE,
        actor: Actor = SYSTEM,
        names: tuple[str, ...] = (),
        **more: Any,
    ) -> CodeTable:
        sent = [
            Sent(names[index] if names else "table.csv" if content.startswith(b'"') else "table.txt", [content])
            for index, content in enumerate(contents or (files.ptp(),))
        ]
        table = code_tables.receive(actor, Wanted(kind, variant, Quarter.read(quarter)), sent, NOW, **more)
        return read(table)

    return run


def read(table: CodeTable) -> CodeTable:
    """Read a table as workers would, until it stands somewhere."""
    while code_tables.read_slice(table.pk, NOW):
        pass
    code_tables.compare_all(table.pk, NOW)
    table.refresh_from_db()
    return table
