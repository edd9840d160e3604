"""Periods of one scope: never an overlap, and what is taken back leaves things as they were."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clawguard.domain.codesets.policy_timeline import Effect, Outcome, Span, Standing, publish, take_back

BASE = dt.date(2027, 1, 1)
Days = dict[int, str]
LENGTH = 40  # days of the model below; a period without end reaches past them


def day(number: int) -> dt.date:
    return BASE + dt.timedelta(days=number)


def span(first: int, last: int | None) -> Span:
    return Span(day(first), None if last is None else day(last))


def after(standing: list[Standing], outcome: Outcome) -> list[Standing]:
    gone = [each.period for each in outcome.touched]
    return [period for period in standing if period not in gone] + list(outcome.added)


OLD = [Standing(span(0, 30), "old", 1)]
PUBLISHED = [
    (span(0, 30), Effect.REPLACED, []),
    (span(-5, None), Effect.REPLACED, []),
    (span(10, None), Effect.ENDS_EARLIER, [span(0, 9)]),
    (span(30, 40), Effect.ENDS_EARLIER, [span(0, 29)]),
    (span(-5, 9), Effect.STARTS_LATER, [span(10, 30)]),
    (span(0, 0), Effect.STARTS_LATER, [span(1, 30)]),
    (span(10, 20), Effect.SPLIT, [span(0, 9), span(21, 30)]),
]


@pytest.mark.parametrize(("new", "effect", "rest"), PUBLISHED)
def test_an_earlier_period_ends_is_split_or_goes(new: Span, effect: Effect, rest: list[Span]) -> None:
    outcome = publish(OLD, new, "new")
    (touched,) = outcome.touched
    assert touched.effect is effect
    assert list(touched.rest) == rest
    assert Standing(new, "new") in outcome.added


@pytest.mark.parametrize("new", [span(31, None), span(-9, -1)])
def test_a_period_that_only_touches_is_left_alone(new: Span) -> None:
    assert publish(OLD, new, "new").touched == ()


def test_an_open_end_stays_open() -> None:
    outcome = publish([Standing(span(0, None), "old", 1)], span(10, 19), "new")
    assert [period.span for period in outcome.added] == [span(0, 9), span(10, 19), span(20, None)]


def test_a_revert_says_what_it_joins() -> None:
    standing = after(OLD, outcome := publish(OLD, span(10, 20), "new"))
    back = take_back(standing, "new", {"new": [each.period for each in outcome.touched]})
    assert [each.effect for each in back.touched] == [Effect.JOINED, Effect.REPLACED, Effect.JOINED]
    assert list(back.added) == [Standing(span(0, 30), "old")]


class Book:
    """A scope as the database keeps it: what stands, and what each publication ended."""

    def __init__(self) -> None:
        self.rows = itertools.count(1)
        self.standing: list[Standing] = []
        self.ended: dict[str, list[Standing]] = {}
        self.reverted: set[str] = set()

    def apply(self, name: str, outcome: Outcome) -> None:
        self.ended[name] = [each.period for each in outcome.touched]
        added = [Standing(period.span, period.revision, next(self.rows)) for period in outcome.added]
        self.standing = [period for period in self.standing if period not in self.ended[name]] + added

    def days(self) -> Days:
        found: Days = {}
        for number in range(LENGTH):
            holding = [period for period in self.standing if period.span.first <= day(number) <= period.span.end]
            assert len(holding) <= 1, "periods overlap"
            if holding:
                found[number] = holding[0].revision
        return found


def test_what_was_reverted_does_not_come_back_with_a_later_revert() -> None:
    book = Book()
    for name, days in (("a", span(0, None)), ("b", span(5, 30)), ("c", span(10, 20))):
        book.apply(name, publish(book.standing, days, name))
    book.apply("undo b", take_back(book.standing, "b", book.ended, book.reverted))
    book.reverted.add("b")
    assert set(book.days().values()) == {"a", "c"}
    book.apply("undo c", take_back(book.standing, "c", book.ended, book.reverted))
    assert [(period.span, period.revision) for period in book.standing] == [(span(0, None), "a")]


spans = st.tuples(st.integers(0, 25), st.one_of(st.none(), st.integers(0, 12))).map(
    lambda drawn: span(drawn[0], None if drawn[1] is None else drawn[0] + drawn[1])
)


@given(st.lists(spans, min_size=1, max_size=6), spans)
def test_publishing_is_writing_over_days_and_taking_back_undoes_it(earlier: list[Span], last: Span) -> None:
    book, model = Book(), Days()
    for number, drawn in enumerate(earlier):
        book.apply(f"r{number}", publish(book.standing, drawn, f"r{number}"))
        model.update({each: f"r{number}" for each in range(LENGTH) if drawn.first <= day(each) <= drawn.end})
        assert book.days() == model
    before = sorted((period.span.first, period.revision) for period in book.standing)
    book.apply("last", publish(book.standing, last, "last"))
    book.apply("undo", take_back(book.standing, "last", book.ended, book.reverted))
    assert book.days() == model
    assert sorted((period.span.first, period.revision) for period in book.standing) == before


@given(st.lists(spans, min_size=2, max_size=6), st.data())
def test_a_revert_of_any_revision_is_as_if_it_had_never_been(drawn: list[Span], data: st.DataObject) -> None:
    book = Book()
    for number, each in enumerate(drawn):
        book.apply(f"r{number}", publish(book.standing, each, f"r{number}"))
    left_out = data.draw(st.integers(0, len(drawn) - 1))
    book.apply("undo", take_back(book.standing, f"r{left_out}", book.ended, book.reverted))
    without = Book()
    for number, each in enumerate(drawn):
        if number != left_out:
            without.apply(f"r{number}", publish(without.standing, each, f"r{number}"))
    assert book.days() == without.days()
