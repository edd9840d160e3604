"""The tables of moves: states that exist, each reached or first; what documents and long jobs publish."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from clawguard.domain import lifecycles
from clawguard.domain.lifecycles import LIFECYCLES, DocumentState, JobState

STATES: dict[str, type[Any]] = {
    "therapy_sessions.importbatch": lifecycles.ImportState,
    "therapy_sessions.codetable": lifecycles.TableState,
    "therapy_sessions.finding": lifecycles.FindingState,
    "therapy_sessions.policyrevision": lifecycles.DocumentState,
    "therapy_sessions.backtest": lifecycles.JobState,
    "therapy_sessions.rescreening": lifecycles.JobState,
    "therapy_sessions.patternfinding": lifecycles.PatternState,
    "notes.notesrequest": lifecycles.RequestState,
    "notes.requestitem": lifecycles.ItemState,
    "notes.calendarversion": lifecycles.CalendarState,
    "disputes.dispute": lifecycles.DisputeState,
    "disputes.case": lifecycles.CaseState,
    "disputes.templateversion": lifecycles.DocumentState,
    "webhooks.endpoint": lifecycles.EndpointState,
}
DRAFT, PROPOSED, PUBLISHED = DocumentState.DRAFT, DocumentState.PROPOSED, DocumentState.PUBLISHED


def test_every_lifecycle_is_known_by_its_states() -> None:
    assert set(STATES) == set(LIFECYCLES)


@pytest.mark.parametrize("label", STATES)
def test_moves_join_states_that_exist_and_every_state_is_reached_or_first(label: str) -> None:
    moves, states = LIFECYCLES[label], {str(state) for state in STATES[label]}
    assert {str(state) for pair in moves for state in pair} == states
    first = str(next(iter(STATES[label])))
    assert {str(to) for _from, to in moves} | {first} == states


@pytest.mark.parametrize(
    ("way", "events"),
    [
        ([DRAFT, PROPOSED, DRAFT, PROPOSED, PUBLISHED], "proposed returned proposed published"),
        ([DRAFT, DocumentState.DISCARDED], "discarded"),
        ([PROPOSED, DocumentState.DISCARDED], "discarded"),
        ([PUBLISHED, DocumentState.SUPERSEDED, PUBLISHED, DocumentState.REVERTED], "superseded restored reverted"),
    ],
)
def test_policies_and_wordings_go_the_same_ways_under_their_own_names(way: list[str], events: str) -> None:
    for label, name in (("therapy_sessions.policyrevision", "policy"), ("disputes.templateversion", "template")):
        assert [LIFECYCLES[label][step] for step in pairwise(way)] == [f"{name}.{event}" for event in events.split()]


def test_a_draft_is_not_published_without_a_second_person() -> None:
    assert (DRAFT, PUBLISHED) not in lifecycles.POLICY_MOVES
    assert (DRAFT, PUBLISHED) not in lifecycles.TEMPLATE_MOVES


@pytest.mark.parametrize("name", ["backtest", "rescreening"])
def test_long_jobs_end_once_in_one_of_three_ways(name: str) -> None:
    assert LIFECYCLES[f"therapy_sessions.{name}"] == {
        (JobState.RUNNING, JobState.DONE): f"{name}.finished",
        (JobState.RUNNING, JobState.CANCELLED): f"{name}.cancelled",
        (JobState.RUNNING, JobState.STOPPED): f"{name}.stopped",
    }
