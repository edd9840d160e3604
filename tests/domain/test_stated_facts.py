"""Reading a statement: every kind, every bad field by name, and the same statement known again."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.domain.stated_facts import KINDS, read_statement
from tests.builders import npi

GOOD: dict[str, dict[str, Any]] = {
    "eligibility": {
        "client": "C-1",
        "status": "inactive",
        "from": "2026-03-01",
        "checked_at": "2026-03-02T09:00:00-05:00",
    },
    "authorization": {"client": "C-1", "required": True, "obtained": False, "codes": ["90847", "90837"]},
    "event": {"client": "C-1", "event": "discharge", "from": "2026-03-01"},
    "plan": {"client": "C-1", "sessions": 1, "per": "week"},
    "consent": {"client": "C-1", "covers": "telehealth", "status": "on_file", "from": "2026-01-01"},
    "interpreter": {"client": "C-1", "used": False},
    "part2": {"client": "C-1", "programme": True},
    "appointment": {"session": "S-1", "status": "no_show"},
    "claim": {"session": "S-1", "filed_on": "2026-05-01"},
    "picker": {"session": "S-1", "offered": True, "code": "F33.1"},
    "license": {"provider": npi(1), "license": "LCSW", "state": "NY", "from": "2020-01-01", "to": "2026-12-31"},
    "practice": {"provider": npi(1), "state": "ca", "from": "2026-01-01"},
    "enrollment": {"provider": npi(1), "payer_id": "60054"},
    "rate": {"provider": npi(1), "code": "90837", "amount": "142.5"},
}


def statement(kind: str, **changes: Any) -> dict[str, Any]:
    return {"kind": kind, "source": "roster", **GOOD[kind], **changes}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_read(kind: str) -> None:
    read, errors = read_statement(statement(kind))
    assert errors == []
    assert read is not None
    assert (read.kind, read.about) == (kind, KINDS[kind].about)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_needed_field_that_is_missing_is_named(kind: str) -> None:
    for name in ("source", KINDS[kind].about, *KINDS[kind].needs):
        _, errors = read_statement({key: value for key, value in statement(kind).items() if key != name}, "/facts/3")
        assert [(error.pointer, error.code) for error in errors] == [(f"/facts/3/{name}", "required")]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"to": "2026-02-28"}, "/to"),
        ({"colour": "blue"}, "/colour"),
        ({"from": "yesterday"}, "/from"),
        ({"event": "moved"}, "/event"),
        ({"from": None}, "/from"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], pointer: str) -> None:
    read, errors = read_statement(statement("event", **changes))
    assert read is None
    assert [error.pointer for error in errors] == [pointer]


@pytest.mark.parametrize(("code", "kept"), [("90837", "90837"), ("f33.1", "F331"), ("h0004", "H0004")])
def test_a_picked_code_is_kept_as_sessions_hold_it(code: str, kept: str) -> None:
    read, _ = read_statement(statement("picker", code=code))
    assert read is not None
    assert read.values == {"offered": True, "code": kept}


@pytest.mark.parametrize(
    ("changes", "pointer"), [({"code": "a long text"}, "/code"), ({"offered": "maybe"}, "/offered")]
)
def test_what_a_picker_cannot_have_said_is_named(changes: dict[str, Any], pointer: str) -> None:
    read, errors = read_statement(statement("picker", **changes))
    assert read is None
    assert [error.pointer for error in errors] == [pointer]


def test_a_stay_may_end_on_its_first_day() -> None:
    assert read_statement(statement("event", event="inpatient", to="2026-03-01"))[0] is not None


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"kind": 3}, {"kind": "moved"}])
def test_what_is_no_statement_is_refused(raw: object) -> None:
    assert read_statement(raw)[0] is None


def test_the_same_statement_is_known_again_however_it_was_written() -> None:
    listed, _ = read_statement(statement("authorization", codes=["90837", "90847"]))
    as_text, _ = read_statement(statement("authorization", codes="90847 90837"))
    other, _ = read_statement(statement("authorization", codes=["90837"]))
    assert listed is not None and as_text is not None and other is not None
    assert listed.digest == as_text.digest != other.digest
