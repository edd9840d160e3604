"""What two screenings of one session say differently."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from clawguard.domain.checks import ALL, Finding, Severity
from clawguard.domain.checks.comparison import Change, compare, opens_case
from clawguard.domain.checks.finding import Party
from tests.domain.checks.builders import session


def finding(check: str = "CG101", *, minutes: int = 47, line: int | None = None, risk: str = "142.50") -> Finding:
    made = ALL[check].finding(session(), "Words.", evidence={"minutes": minutes}, at_risk=Decimal(risk))
    return replace(made, service_line=line)


def told(before: list[Finding], after: list[Finding]) -> list[tuple[str, str]]:
    return [(each.change.value, each.finding.check) for each in compare(before, after)]


def test_the_same_on_both_sides_is_no_difference() -> None:
    assert compare([finding(), finding("CG103")], [finding("CG103"), finding()]) == []


def test_another_version_alone_is_no_difference() -> None:
    assert compare([finding()], [replace(finding(), version=9)]) == []


def test_new_and_gone() -> None:
    assert told([], [finding()]) == [("new", "CG101")]
    assert told([finding()], []) == [("gone", "CG101")]
    assert told([finding()], [finding("CG103")]) == [("gone", "CG101"), ("new", "CG103")]


def test_another_line_is_another_finding() -> None:
    assert told([finding(line=1)], [finding(line=2)]) == [("gone", "CG101"), ("new", "CG101")]


def test_whatever_else_it_says_makes_it_changed() -> None:
    others = (
        finding(minutes=48),
        finding(risk="10.00"),
        replace(finding(), severity=Severity.WARNING),
        replace(finding(), party_if_confirmed=Party.NETWORK),
        replace(finding(), message="Other words."),
    )
    for other in others:
        (difference,) = compare([finding()], [other])
        assert difference.change is Change.CHANGED
        assert (difference.before, difference.after) == (finding(), other)


def test_several_at_one_place_are_matched_as_alike_as_can_be() -> None:
    before, after = [finding(minutes=1), finding(minutes=2)], [finding(minutes=2), finding(minutes=3)]
    (difference,) = compare(before, after)
    assert (difference.before, difference.after) == (finding(minutes=1), finding(minutes=3))
    assert told(before, after[:1]) == [("gone", "CG101")]


def test_a_case_opens_for_an_error_no_document_cures() -> None:
    curable = finding()
    assert curable.request_items
    incurable = replace(curable, request_items=())
    assert not opens_case([curable])
    assert opens_case([curable, incurable])
    assert not opens_case([replace(incurable, severity=Severity.WARNING)])
