"""What can be heard of, from which events it comes, and what a message says: ids, codes, dates and amounts, never more.

Who is told wants the rest from the API, under a key of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import models

from clawguard.events.models import Event

TEST = "webhook.test"  # what "send a test" sends; goes to every endpoint, chosen or not


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    says: str  # one sentence for people
    events: tuple[str, ...]
    keeps: tuple[str, ...] = ()  # of the event's payload


TOPICS = (
    Topic("case.opened", "A case was opened.", ("case.opened",), ("origin",)),
    Topic(
        "request.sent", "A notes request reached the provider; its answer time runs.", ("notes.delivered",), ("due_at",)
    ),
    Topic("request.due_soon", "A provider was reminded of a request that is still open.", ("notes.reminder_due",)),
    Topic("request.lapsed", "The answer time of a request ended without an answer.", ("notes.lapsed",)),
    Topic("request.withdrawn", "A notes request was withdrawn.", ("notes.withdrawn",)),
    Topic(
        "answer.received",
        "The provider answered a notes request, a dispute or the notice of a case.",
        ("notes.received", "dispute.answered", "dispute.conceded", "case.answered"),
    ),
    Topic("answer.accepted", "Staff accepted all that a notes request asked for; it has ended.", ("notes.accepted",)),
    Topic(
        "answer.returned",
        "A part of an answer went back to the provider; what is still needed is asked for in a request that follows.",
        ("notes.returned",),
    ),
    Topic(
        "answer.reopened",
        "An answer that had gone back is looked at once more, because a file of it was released.",
        ("notes.review_reopened",),
    ),
    Topic("item.accepted", "Staff accepted one document of an answer.", ("notes.item_accepted",)),
    Topic("item.returned", "One document of an answer went back to the provider.", ("notes.item_returned",)),
    Topic("dispute.opened", "A client's dispute was entered.", ("dispute.opened",)),
    Topic("dispute.lapsed", "The answer time of a dispute ended without an answer.", ("dispute.lapsed",)),
    Topic("dispute.decided", "A dispute was decided.", ("dispute.decided",), ("outcome", "amount")),
    Topic("attribution.proposed", "The engine proposed whose error it was.", ("case.attributed",), ("party", "clause")),
    Topic(
        "attribution.final",
        "People decided whose error it was.",
        ("case.decided",),
        ("decision", "party", "clause", "outcome", "amount"),
    ),
    Topic(
        "adjustment.proposed",
        "A money consequence was proposed. The only money event there is; nothing is paid or taken by it.",
        ("case.adjustment_proposed",),
        ("adjustment", "kind", "amount", "replaces"),
    ),
    Topic(
        "adjustment.confirmed",
        "What the accounting system did was recorded.",
        ("case.adjustment_confirmed",),
        ("adjustment", "done"),
    ),
    Topic("case.appealed", "The provider appealed a decision.", ("case.appealed",)),
    Topic("case.closed", "A case was closed.", ("case.closed",)),
)
BY_NAME = {topic.name: topic for topic in TOPICS}
BY_EVENT = {event: topic for topic in TOPICS for event in topic.events}
# What a row is called in messages ("" where no other system knows it by an id), and the fields that say what else it
# belongs to; by label, so that this table needs to import nothing of the apps above it.
SUBJECTS = {
    "disputes.case": ("case", {"session": "session_id", "dispute": "dispute_id"}),
    "disputes.dispute": ("dispute", {"session": "session_id"}),
    "notes.notesrequest": ("request", {"session": "session_id", "follows": "follows_id"}),
    "notes.requestitem": (
        "",
        {"request": "request_id", "session": "request.session_id", "item": "number", "kind": "kind"},
    ),
}
THREAD = ("session", "dispute", "case", "request")  # the widest of these that is known keeps messages in order


@dataclass(frozen=True, slots=True)
class Message:
    topic: str
    thread: str
    body: str


def messages(topic: Topic, subject: models.Model, event: Event) -> Iterator[Message]:
    """What this event makes known: one message, or one for each request that one reminder is about."""
    for about in _about(subject, event.payload):
        kept = {name: event.payload[name] for name in topic.keeps if name in event.payload}
        money = {"currency": "USD"} if "amount" in kept else {}
        thread = next(about[name] for name in THREAD if about.get(name))
        yield Message(topic.name, thread, body_of(topic.name, event, {**about, **kept, **money}))


def _about(subject: models.Model, payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    if subject._meta.label_lower not in SUBJECTS:
        return [dict(each) for each in payload.get("open", ())]
    name, fields = SUBJECTS[subject._meta.label_lower]
    others = {label: attrgetter(field)(subject) for label, field in fields.items()}
    told = {label: value if isinstance(value, int) else str(value) for label, value in others.items() if value}
    return [{name: str(subject.pk), **told} if name else told]


def body_of(topic: str, event: Event | None, data: Mapping[str, Any], at: str = "") -> str:
    """The raw body: what happened, when, and the ids of what it happened to."""
    moment = event.at.isoformat() if event is not None else at
    return json.dumps({"type": topic, "timestamp": moment, "data": dict(data)}, separators=(",", ":"))
