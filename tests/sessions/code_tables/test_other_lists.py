"""Our places of service, modifiers and core pairs: an operator's file in force, and what the checks say by it."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.domain.codesets.lists import ListKind
from sessions.codesets import current_tables, own_rows
from sessions.models import CodeTable
from sessions.services import code_tables
from sessions.services.code_tables import Sent, Wanted
from tests import world
from tests.builders import NOW
from tests.sessions.code_tables.conftest import read
from tests.sessions.code_tables.test_ours import billed, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(lead: Any, actor: Any) -> Any:
    return actor(lead)


def activated(by: Any, kind: ListKind, text: str) -> CodeTable:
    table = read(code_tables.receive(by, Wanted(kind), [Sent(f"{kind}.csv", [text.encode()])], NOW))
    assert table.status == "loaded", table.detail
    return code_tables.activate(by, table.pk, NOW)


def test_a_place_that_is_ended_is_refused_from_the_next_day_on(by: Any) -> None:
    kept = own_rows.text_in_force(ListKind.PLACES).replace("10,,yes,no,2022-01-01,", "10,,yes,no,2022-01-01,2026-09-15")
    table = activated(by, ListKind.PLACES, kept)
    assert "CG403" not in told("90837", "2026-09-15")
    found = billed("90837", "2026-09-16").findings.get(check_id="CG403")
    assert found.message == "Place 10 ended on 2026-09-15; the session was on 2026-09-16."
    assert found.evidence["table"] == f"places {table.version[:8]}"
    assert current_tables().versions["places"] == table.version[:16]


def test_a_pair_that_is_added_is_never_paid_together(by: Any) -> None:
    kept = own_rows.text_in_force(ListKind.PAIRS) + "90837,90899,2026-01-01,never,\n"
    table = activated(by, ListKind.PAIRS, kept)
    assert table.comparison["all"] == {"added": 1}
    change = table.changes.get()
    assert (change.first, change.second) == ("90837", "90899")
    lines = [
        {"code": code, "modifiers": ["95"], "units": 1, "charge": "90.00", "diagnosis_pointers": [1]}
        for code in ("90837", "90899")
    ]
    found = world.screened(service_lines=lines).findings.get(check_id="CG202")
    assert found.evidence["table"] == f"core_pairs {table.version[:8]}"
    assert found.evidence["unpaid_code"] == "90899"


def test_a_modifier_that_is_ended_is_refused_from_the_next_day_on(by: Any) -> None:
    kept = own_rows.text_in_force(ListKind.MODIFIERS).replace(",2017-01-01,\n", ",2017-01-01,2026-09-15\n", 1)
    assert "95,live video,video,93 FQ GQ GT,,2017-01-01,2026-09-15\n" in kept
    table = activated(by, ListKind.MODIFIERS, kept)
    assert table.comparison["all"] == {"ended": 1}
    assert table.changes.get().first == "95"
    assert "CG414" not in told("90837", "2026-09-15")
    found = billed("90837", "2026-09-16").findings.get(check_id="CG414")
    assert found.message == "90837 carries 95, which ended on 2026-09-15; the session was on 2026-09-16."
    assert found.evidence["table"] == f"modifiers {table.version[:8]}"
    assert current_tables().versions["modifiers"] == table.version[:16]
