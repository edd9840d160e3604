"""The catalogue as a whole: identity, order, shape of a finding, and the words used."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator

import pytest

import tests.domain.checks
from clawguard.domain.checks import ALL, Context, Finding, check, pack_digest, rules, screen
from clawguard.domain.checks.finding import Party, Severity, Source
from clawguard.domain.codesets import CodeTables
from tests.domain.checks.builders import FY2025, FY2026, TABLES, Row, other, session

ITEMS = {"progress_note", "start_stop_times", "signature", "addendum", "explanation", "treatment_plan"}
HARSH = re.compile(r"violat|fraud|failed to|immediately|must pay|penalt|abuse of", re.IGNORECASE)


def all_rows() -> Iterator[tuple[str, Row]]:
    """Every row of every table, with the id of its check."""
    for module in pkgutil.iter_modules(tests.domain.checks.__path__):
        if re.match(r"test_cg\d{3}$", module.name):
            for row in importlib.import_module(f"tests.domain.checks.{module.name}").ROWS:
                yield f"CG{module.name[7:]}", row


def every_finding() -> Iterator[Finding]:
    for _, row in all_rows():
        yield from screen(row.given, Context(**{"tables": TABLES, **row.context}))


def test_every_check_has_its_file_and_its_test_table() -> None:
    files = {f"CG{module.name[2:5]}" for module in pkgutil.iter_modules(rules.__path__)}
    tables = {
        f"CG{module.name[7:]}"
        for module in pkgutil.iter_modules(tests.domain.checks.__path__)
        if re.match(r"test_cg\d{3}$", module.name)
    }
    assert set(ALL) == files == tables


def test_every_family_is_there() -> None:
    assert {identifier[2] for identifier in ALL} >= set("1234567")
    assert len(ALL) >= 18


@pytest.mark.parametrize("identifier", sorted(ALL))
def test_identity_and_words(identifier: str) -> None:
    info = ALL[identifier]
    assert info.id == identifier
    assert info.version >= 1
    assert info.scope in {"session", "same day", "history", "facts", "note"}
    assert info.source.url.startswith("https://")
    assert len(info.title) <= 80
    assert len(info.category) <= 20
    assert set(info.request_items) <= ITEMS
    assert info.summary.endswith(".")
    assert "$" not in info.provider_message
    assert not HARSH.search(" ".join((info.title, info.suggested_step, info.provider_message, info.summary)))


def test_an_innocent_session_has_no_findings() -> None:
    assert screen(session(), Context(tables=TABLES)) == ()


def test_findings_come_in_order_of_their_checks_and_are_the_same_each_time() -> None:
    given = session("90837", "90834", "90785", diagnoses=("Z600", "V00131A"), minutes=10, place_of_service="21")
    context = Context(tables=TABLES, same_day=(other("90837", at=None),))
    found = screen(given, context)
    assert [each.check for each in found] == sorted(each.check for each in found)
    assert len({each.check for each in found}) > 5
    assert screen(given, context) == found


def test_findings_can_be_stored_and_sent() -> None:
    for found in every_finding():
        assert json.loads(json.dumps(found.as_dict()))["check"] == found.check
        assert found.amount_at_risk >= 0
        assert found.amount_at_risk.as_tuple().exponent == -2
        assert not HARSH.search(found.message + found.provider_message + found.suggested_step)
        assert found.severity in set(Severity)
        assert found.party_if_confirmed in set(Party)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in found.evidence)
        for text in (found.message, found.provider_message, found.suggested_step):
            assert re.fullmatch(r"[A-Z0-9].*[.?]", text)
            assert not re.search(r"\bNone\b|XX|  |\(\)|\.\.", text)
        assert isinstance(found.related, tuple) and isinstance(found.request_items, tuple)
        assert set(found.request_items) <= ITEMS


def test_a_finding_is_about_the_session_or_a_line_of_it() -> None:
    for _, row in all_rows():
        lines = {line.number for line in row.given.service_lines}
        for found in screen(row.given, Context(**{"tables": TABLES, **row.context})):
            assert found.service_line is None or found.service_line in lines


def test_findings_never_name_the_client() -> None:
    for found in every_finding():
        assert not re.search(r"C-7\d|1991-04-11", json.dumps(found.as_dict()))


def test_the_shape_of_a_finding_is_the_published_one() -> None:
    found = screen(session("90837", minutes=47), Context(tables=TABLES))[0].as_dict()
    assert found["message"] == "90837 needs at least 53 minutes; 47 are documented."
    assert found["evidence"] == {"code": "90837", "minutes": 47, "minimum": 53}
    assert found["suggested_step"] == "Ask for start and stop times, or correct the code to 90834."
    assert (found["check"], found["title"]) == ("CG101", "Session too short for the billed code")
    assert (found["category"], found["severity"], found["service_line"]) == ("time", "error", 1)
    assert (found["amount_at_risk"], found["party_if_confirmed"]) == ("142.50", "provider")
    assert found["documentation"] == "/docs/checks/CG101"
    assert set(found["source"]) == {"name", "url"}


def test_an_id_is_used_once() -> None:
    with pytest.raises(ValueError, match="CG101"):
        check(
            id="CG101",
            version=1,
            title="Again",
            category="time",
            severity=Severity.INFO,
            source=Source("", ""),
            suggested_step="",
            provider_message="",
        )(lambda session, context: ())


def test_the_rule_pack_is_named_by_checks_and_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = pack_digest(CodeTables())
    assert bare == pack_digest(CodeTables())
    assert bare != pack_digest(CodeTables(icd=(FY2026,)))
    assert pack_digest(CodeTables(icd=(FY2026,))) != pack_digest(CodeTables(icd=(FY2025, FY2026)))
    raised = dataclasses.replace(ALL["CG101"], version=ALL["CG101"].version + 1)
    monkeypatch.setitem(importlib.import_module("clawguard.domain.checks.registry")._registered, "CG101", raised)
    assert bare != pack_digest(CodeTables())
