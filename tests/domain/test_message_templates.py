"""Wordings: what may stand in them, and what a case fills into them."""

from __future__ import annotations

import pytest

from clawguard.domain.clauses import Party
from clawguard.domain.message_templates import (
    LETTERS,
    LONGEST_PART,
    PARTS,
    PLACEHOLDERS,
    example,
    faults_of,
    fill,
    left_open,
    letter_of,
    needs,
    shipped,
)
from clawguard.domain.promises import Outcome, permitted

PLAIN = {
    "seen": "We see {case}.",
    "source": "The session says so.",
    "ask": "Please tell us more.",
    "by": "By {reply_by}.",
    "otherwise": "We look at what we have.",
}
VALUES = {"case": "90837 · 18 Mar 2026", "reply_by": "Thu 3 Dec, end of day (your time)"}


def codes(**changes: str) -> list[tuple[str, str]]:
    return [(bad.field, bad.code) for bad in faults_of("A name", "When it fits.", {**PLAIN, **changes})]


@pytest.mark.parametrize("name", shipped())
def test_what_is_shipped_could_be_kept_and_reads_whole_in_an_invented_case(name: str) -> None:
    wording = shipped()[name]
    assert faults_of(wording.title, wording.used_when, wording.parts, name) == []
    words = example(wording.parts)
    assert not left_open(words) and "{" not in words
    assert len(words.split("\n\n")) == len(PARTS)


def test_an_innocent_wording_has_no_fault() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seen": "  "}, "missing"),
        ({"seen": "Dear {client}"}, "unknown_placeholder"),
        ({"ask": "Send {Case}."}, "unknown_placeholder"),
        ({"ask": "Send {}."}, "unknown_placeholder"),
        ({"by": "By {reply_by"}, "brace"),
        ({"by": "By reply_by}"}, "brace"),
        ({"otherwise": "x" * (LONGEST_PART + 1)}, "too_long"),
        ({"otherwise": "a\0b"}, "too_long"),
        ({"seen": "You failed to send it."}, "harsh"),
        ({"seen": "This is a Violation."}, "harsh"),
    ],
)
def test_each_fault_is_found_at_its_part(change: dict[str, str], code: str) -> None:
    assert codes(**change) == [(next(iter(change)), code)]


def test_an_unknown_placeholder_is_named_with_those_there_are() -> None:
    said = faults_of("A name", "When it fits.", {**PLAIN, "seen": "{cleint}"})[0].message
    assert "{cleint}" in said and all(f"{{{name}}}" in said for name in PLACEHOLDERS)


def test_words_that_merely_hold_a_harsh_one_are_left_alone() -> None:
    assert codes(seen="The session is inviolate, defrauded of nothing.") == []


@pytest.mark.parametrize("title", ["", "x" * 81, "two\nlines"])
def test_the_name_is_one_short_line(title: str) -> None:
    assert [bad.field for bad in faults_of(title, "When it fits.", PLAIN)] == ["title"]


def test_filling_puts_the_parts_in_order_and_values_in_place() -> None:
    filled = fill(PLAIN, VALUES)
    assert filled.text.split("\n\n")[0] == "We see 90837 · 18 Mar 2026."
    assert filled.text.split("\n\n")[3] == "By Thu 3 Dec, end of day (your time)."
    assert filled.unknown == ()


def test_what_a_value_says_is_never_read_as_a_placeholder() -> None:
    assert "We see {reply_by}." in fill(PLAIN, {**VALUES, "case": "{reply_by}"}).text


def test_a_value_shows_only_what_it_says() -> None:
    assert "We see ab." in fill(PLAIN, {**VALUES, "case": "a\u202eb\x00"}).text


def test_what_the_case_does_not_know_stands_open_until_somebody_fills_it_in() -> None:
    filled = fill({**PLAIN, "otherwise": "{case} {reply_by} {case}"}, {"reply_by": "soon"})
    assert filled.unknown == ("case",)
    assert left_open(filled.text) == ("case",)
    assert left_open(filled.text.replace("[case: not known yet]", "your session")) == ()


def test_brackets_that_people_type_are_their_own() -> None:
    assert left_open("See [1] and [other: not known yet].") == ()


class TestLetters:
    def test_every_decision_that_can_be_made_has_its_letter_and_no_letter_is_without_one(self) -> None:
        of_decisions = {letter_of(party, outcome) for party in Party for outcome in permitted(party)}
        assert of_decisions | {"letter_notice"} == set(LETTERS)

    @pytest.mark.parametrize("party", [party for party in Party if party is not Party.NETWORK])
    def test_only_the_networks_error_is_told_as_one(self, party: Party) -> None:
        assert letter_of(party, Outcome.PAY_CONTRACTED_RATE) == "letter_pay_contracted_rate"
        assert letter_of(Party.NETWORK, Outcome.PAY_CONTRACTED_RATE) == "letter_network_error"

    @pytest.mark.parametrize("name", sorted(LETTERS))
    def test_one_that_leaves_out_an_amount_or_a_date_is_not_kept(self, name: str) -> None:
        found = faults_of("A name", "When it fits.", {**PLAIN, "by": "Soon."}, name)
        assert {bad.code for bad in found} == {"missing_placeholder"}
        assert {(bad.field, bad.message.count("{")) for bad in found} == {(where, 1) for where in needs(name).values()}

    def test_what_it_has_to_tell_is_the_amount_where_there_is_one_and_the_end_of_a_time(self) -> None:
        needed = {name: set(needs(name)) for name in LETTERS}
        assert needed.pop("letter_notice") == {"answer_due"}
        money = {name for name, names in needed.items() if "amount" in names}
        assert money == {"letter_network_error", "letter_pay_contracted_rate", "letter_recover"}
        assert all("appeal_until" in names for names in needed.values())

    def test_what_it_has_to_tell_may_stand_in_another_part(self) -> None:
        parts = {**PLAIN, "by": "Soon.", "seen": "Until {appeal_until} you can appeal."}
        assert faults_of("A name", "When it fits.", parts, "letter_waived") == []

    @pytest.mark.parametrize("placeholder", ["payer", "codes", "answer_due", "amount"])
    def test_what_a_case_may_not_know_cannot_stand_in_a_letter(self, placeholder: str) -> None:
        parts = {**PLAIN, "by": f"{{appeal_until}} {{{placeholder}}}"}
        (fault,) = faults_of("A name", "When it fits.", parts, "letter_waived")
        assert (fault.field, fault.code) == ("by", "unknown_placeholder")
