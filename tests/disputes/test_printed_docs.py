"""Printed pages equal the code they are printed from; every event has words; every task of the map exists."""

from __future__ import annotations

from importlib import import_module

import pytest
from celery import current_app
from django.conf import settings

import sessions.tasks  # noqa: F401
from clawguard.domain.lifecycles import LIFECYCLES
from clawguard.events.flow import FLOW
from disputes import event_words, fact_words
from disputes.printed_docs import NAMES, PAGES
from disputes.selectors.deliveries import WORDS as TASK_WORDS


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_equals_the_code(path: str) -> None:
    assert (settings.BASE_DIR / path).read_text(encoding="utf-8") == PAGES[path](), "run manage.py print_docs"


def test_every_lifecycle_is_printed() -> None:
    assert set(NAMES) == set(LIFECYCLES)


def test_every_task_of_the_map_is_a_registered_handler() -> None:
    tasks = {hop.task for hops in FLOW.values() for hop in hops}
    assert not [name for name in tasks if not callable(_function(name))]
    assert tasks <= set(current_app.tasks)


def _function(task: str) -> object:
    module, _, name = task.rpartition(".")
    return getattr(import_module(module), name, None)


def test_every_move_of_a_case_request_finding_or_dispute_has_words() -> None:
    shown = ("disputes.case", "disputes.dispute", "notes.notesrequest", "notes.requestitem", "therapy_sessions.finding")
    events = {event for label in shown for event in LIFECYCLES[label].values()}
    told = {event for event in FLOW if event.partition(".")[0] in {"notes", "dispute", "case"}}
    assert events | told <= set(event_words.WORDS)


def test_every_task_that_can_be_given_up_has_words() -> None:
    assert {hop.task for hops in FLOW.values() for hop in hops} <= set(TASK_WORDS)


def test_every_fact_has_a_label() -> None:
    from dataclasses import fields

    from clawguard.domain.case_facts import FACT_NAMES, DisputeFacts, NoteRequestFacts

    clocks = {"note_request": NoteRequestFacts, "dispute": DisputeFacts}
    parts = {f"{name}.{part.name}" for name, shape in clocks.items() for part in fields(shape)}
    assert (set(FACT_NAMES) - set(clocks)) | parts == set(fact_words.LABELS)
