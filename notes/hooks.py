"""Where apps above this one plug in, so that notes need not know of them: disputes imports notes, never the reverse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from clawguard.accounts.actors import Actor

# What else waits on a provider's home page: rows of title, detail, url, due_at (or None), state, business_days_left.
HomeRows = Callable[[Actor, dt.datetime], Sequence[Mapping[str, Any]]]
# What they were told and may look at again: rows of title, url, state, at.
# Whether a review of the session is open that gives this actor a reason to read its notes.
OpenReview = Callable[[Actor, UUID], bool]
# Takes a provider's question into an existing conversation; False when there is none and it stays with the request.
TakeQuestion = Callable[[Actor, UUID, str, dt.datetime], bool]

# What waits for a provider's answer and can be handed to a delegate, by the provider's id.
WaitingRows = Callable[[UUID], Sequence[models.Model]]
# Which of these sessions were decided about, so that a request that nobody answered is not owed any more.
Settled = Callable[[Collection[UUID]], Collection[UUID]]


class Sealed(NamedTuple):
    """A column of seals, wrapped anew when keys rotate; ``bound`` tells what a row's seal is bound to."""

    model: type[models.Model]
    column: str
    bound: Callable[[Any], bytes]


# Tells those who sent a file that is part of no note that it was locked away.
FileLocked = Callable[[Any, dt.datetime], None]

HOME_ROWS: list[HomeRows] = []
WAITING_ROWS: list[WaitingRows] = []
TOLD_ROWS: list[HomeRows] = []
OPEN_REVIEWS: list[OpenReview] = []
QUESTION_TAKERS: list[TakeQuestion] = []
SETTLED: list[Settled] = []
SEALED: list[Sealed] = []
FILE_LOCKED: list[FileLocked] = []


def home_rows(function: HomeRows) -> HomeRows:
    HOME_ROWS.append(function)
    return function


def waiting_rows(function: WaitingRows) -> WaitingRows:
    WAITING_ROWS.append(function)
    return function


def told_rows(function: HomeRows) -> HomeRows:
    TOLD_ROWS.append(function)
    return function


def open_review(function: OpenReview) -> OpenReview:
    OPEN_REVIEWS.append(function)
    return function


def question_taker(function: TakeQuestion) -> TakeQuestion:
    QUESTION_TAKERS.append(function)
    return function


def settled(function: Settled) -> Settled:
    SETTLED.append(function)
    return function


def file_locked(function: FileLocked) -> FileLocked:
    FILE_LOCKED.append(function)
    return function


def sealed(column: Sealed) -> None:
    SEALED.append(column)
