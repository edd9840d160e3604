"""Reading a statement: every kind, every bad field by name, and the same statement known again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.domain.stated_facts import KINDS, Statement, read_statement

PROVIDER = "1999999984"
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
    "license": {"provider": PROVIDER, "license": "LCSW", "state": "NY", "from": "2020-01-01", "to": "2026-12-31"},
    "practice": {"provider": PROVIDER, "state": "ca", "from": "2026-01-01"},
    "enrollment": {"provider": PROVIDER, "payer_id": "60054"},
    "rate": {"provider": PROVIDER, "code": "90837", "amount": "142.5"},
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
        assert errors[0].message == f"{name}: is missing."


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"to": "2026-02-28"}, "/to", "before_from"),
        ({"colour": "blue"}, "/colour", "unknown"),
        ({"from": "yesterday"}, "/from", "date_format"),
        ({"event": "moved"}, "/event", "choice"),
        ({"from": None}, "/from", "required"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], pointer: str, code: str) -> None:
    read, errors = read_statement(statement("event", **changes), "/facts/0")
    assert read is None
    assert [(error.pointer, error.code) for error in errors] == [(f"/facts/0{pointer}", code)]
    assert all(error.message.rstrip(".") and "None" not in error.message for error in errors)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    _, errors = read_statement({"kind": "plan", "sessions": 32, "per": "", "from": "soon", "colour": 1})
    found = {error.pointer: error.code for error in errors}
    assert sorted(found) == ["/client", "/colour", "/from", "/per", "/sessions", "/source"]
    assert (found["/client"], found["/per"], found["/source"]) == ("required",) * 3


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


@pytest.mark.parametrize(
    ("raw", "pointer", "code"),
    [
        (None, "/facts/2", "type_object"),
        ([], "/facts/2", "type_object"),
        ("x", "/facts/2", "type_object"),
        ({}, "/facts/2/kind", "choice"),
        ({"kind": 3}, "/facts/2/kind", "choice"),
        ({"kind": ["plan"]}, "/facts/2/kind", "choice"),
        ({"kind": "moved"}, "/facts/2/kind", "choice"),
    ],
)
def test_what_is_no_statement_is_refused(raw: object, pointer: str, code: str) -> None:
    read, errors = read_statement(raw, "/facts/2")
    assert read is None
    assert [(error.pointer, error.code) for error in errors] == [(pointer, code)]
    assert "None" not in errors[0].message


def test_a_kind_that_is_not_known_is_told_all_there_are() -> None:
    assert all(kind in read_statement({"kind": "moved"})[1][0].message for kind in KINDS)


def good(kind: str, **changes: Any) -> Statement:
    read, errors = read_statement(statement(kind, **changes))
    assert read is not None, errors
    return read


def test_values_are_kept_as_json_and_what_was_not_said_is_not_there() -> None:
    coverage = good("eligibility", shown=None, to="2026-03-31")
    assert (coverage.about, coverage.ref, coverage.source) == ("client", "C-1", "roster")
    assert (coverage.first_day, coverage.last_day) == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert coverage.values == {"status": "inactive", "checked_at": "2026-03-02T14:00:00+00:00"}
    assert good("authorization").values == {"required": True, "obtained": False, "codes": ["90837", "90847"]}
    assert good("plan").values == {"sessions": 1, "per": "week"}
    assert good("claim").values == {"filed_on": "2026-05-01"}
    assert good("rate").values == {"code": "90837", "amount": "142.50"}
    license_ = good("license")
    assert (license_.about, license_.ref) == ("provider", PROVIDER)
    assert license_.values == {"license": "LCSW", "state": "NY"}


def test_an_appointment_and_a_claim_have_no_days_of_their_own() -> None:
    assert (good("claim").first_day, good("claim").last_day) == (None, None)
    for kind in ("appointment", "claim"):
        _, errors = read_statement(statement(kind, **{"from": "2026-03-01"}))
        assert [(error.pointer, error.code) for error in errors] == [("/from", "unknown")]


@pytest.mark.parametrize(("count", "fits"), [(50, True), (51, False)])
def test_an_authorization_names_at_most_fifty_codes(count: int, fits: bool) -> None:
    read, errors = read_statement(statement("authorization", codes=[f"{90000 + n}" for n in range(count)]))
    assert (read is not None) is fits
    assert [(error.pointer, error.code) for error in errors] == ([] if fits else [("/codes", "type_array")])


@pytest.mark.parametrize("codes", [90837, {"90837": 1}])
def test_codes_are_a_list_or_a_text(codes: object) -> None:
    errors = read_statement(statement("authorization", codes=codes))[1]
    assert [(error.pointer, error.code) for error in errors] == [("/codes", "type_array")]
    assert "at most 50" in errors[0].message


@pytest.mark.parametrize(
    "changes",
    [
        {"client": "C-2"}, {"from": "2026-03-02"}, {"to": "2026-04-01"}, {"source": "portal"}, {"status": "active"},
        {"payer_id": "60054"},
    ],
)  # fmt: skip
def test_a_statement_that_says_something_else_is_another_one(changes: dict[str, Any]) -> None:
    assert good("eligibility").digest == good("eligibility").digest != good("eligibility", **changes).digest


def test_the_same_statement_is_known_again_however_it_was_written() -> None:
    listed, _ = read_statement(statement("authorization", codes=["90837", "90847"]))
    as_text, _ = read_statement(statement("authorization", codes="90847 90837"))
    other, _ = read_statement(statement("authorization", codes=["90837"]))
    assert listed is not None and as_text is not None and other is not None
    assert listed.digest == as_text.digest != other.digest


def test_digests_that_are_stored_stay_what_they_are() -> None:
    assert good("license").digest == "f81780f1ab686b7025830c120391897057e2bd3a67fa4737cecc72811529f1f0"
    written_backwards, _ = read_statement(dict(reversed(statement("license").items())))
    assert written_backwards == good("license")
    assert written_backwards.digest == good("license").digest
