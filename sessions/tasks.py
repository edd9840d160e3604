"""The background door: each handler calls one service and may be run any number of times."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from celery import shared_task

from clawguard.clock import now as read_clock
from clawguard.events.handling import handler
from clawguard.events.models import Event
from sessions import selectors, services
from sessions.services import code_tables, imports, pattern_book, patterns, trials


@handler
def read_import(event: Event, now: dt.datetime) -> None:
    """See where the next slices of a file begin."""
    imports.cut(UUID(event.subject_id), now)


@handler
def read_import_slice(event: Event, now: dt.datetime) -> None:
    """Read one slice of a file."""
    imports.read_slice(UUID(event.subject_id), event.payload["slice"], now)


@handler
def run_import(event: Event, now: dt.datetime) -> None:
    """Store the next piece of a file that was read through."""
    imports.store_piece(UUID(event.subject_id), event.payload["piece"], now)


@handler
def read_table(event: Event, now: dt.datetime) -> None:
    """Read the next slice of a code table's files, or keep the table when all are read."""
    code_tables.read_slice(UUID(event.subject_id), now)


@handler
def compare_table(event: Event, now: dt.datetime) -> None:
    """Work out what would change by the tables that may enter force next."""
    code_tables.compare_all(UUID(event.subject_id), now)


@handler
def screen(event: Event, now: dt.datetime) -> None:
    """Screen the chunk that was stored or corrected."""
    services.screen_chunk(event.payload["chunk"], now)


@handler
def look_again(event: Event, now: dt.datetime) -> None:
    """A finding was taken up again: is it still what the checks say?"""
    services.look_again(selectors.session_of_finding(UUID(event.subject_id)), now)


@handler
def run_backtest(event: Event, now: dt.datetime) -> None:
    """Try the next thousand stored sessions."""
    trials.run_backtest_chunk(UUID(event.subject_id), event.payload["piece"], now)


@handler
def rescreen(event: Event, now: dt.datetime) -> None:
    """Screen the next thousand stored sessions again."""
    trials.run_rescreening_chunk(UUID(event.subject_id), event.payload["piece"], now)


@handler
def follow_policy(event: Event, now: dt.datetime) -> None:
    """A policy was published: months of which patterns would now say something else are looked at again."""
    pattern_book.follow(now)


@shared_task(name="sessions.tasks.find_patterns")
def find_patterns(**_later: object) -> None:
    """Beat's way to what the plain loop does too; either alone is enough."""
    patterns.sweep(read_clock())
