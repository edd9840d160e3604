"""States and the moves between them: one table per kind of row, read by ``events.services.move`` and by the docs.

A table maps ``(from, to)`` to the name of the event that the move publishes. A move that is not in its table does not
exist, whoever asks.
"""

from __future__ import annotations

from enum import StrEnum


class ImportState(StrEnum):
    RECEIVED = "received"  # stored, nothing read yet
    PREVIEWED = "previewed"  # read through; waits for a person to confirm mapping and rows
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # nothing of it was applied
    CANCELLED = "cancelled"


class TableState(StrEnum):
    READING = "reading"
    INCOMPLETE = "incomplete"  # read, with too few rows for a whole table: more parts, or a reason why it is enough
    LOADED = "loaded"  # whole, and not in force
    ACTIVE = "active"
    SUPERSEDED = "superseded"  # was in force once
    REFUSED = "refused"  # nothing of it is kept
    DISCARDED = "discarded"  # left by a person before it was in force


class FindingState(StrEnum):
    NEW = "new"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CLEARED = "cleared"  # a correction of the session cured it
    OVERTURNED = "overturned"  # a decision that rested on it did not stand on appeal


class DocumentState(StrEnum):
    """Of one version of what two people stand for: a payer policy, a wording for messages."""

    DRAFT = "draft"  # its author works on it
    PROPOSED = "proposed"  # waits for a second person; cannot be changed
    PUBLISHED = "published"  # a policy holds for at least one day; a wording is the one that is offered
    SUPERSEDED = "superseded"  # later publications took its place
    REVERTED = "reverted"  # taken back: what held before holds again
    DISCARDED = "discarded"


class CalendarState(StrEnum):
    PROPOSED = "proposed"  # waits for a second person
    PUBLISHED = "published"  # clocks that start from then on count with it, until the next one
    DISCARDED = "discarded"


class JobState(StrEnum):
    """Of long work that goes on piece by piece: trying rules out, screening again."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    STOPPED = "stopped"  # the rules it was started for are not the present ones any more


class PatternState(StrEnum):
    NEW = "new"
    CONFIRMED = "confirmed"  # a person found it worth a conversation
    DISMISSED = "dismissed"
    CLEARED = "cleared"  # the sessions no longer say it


class RequestState(StrEnum):
    REQUESTED = "requested"  # issued, not yet delivered: no clock runs
    UNDELIVERABLE = "undeliverable"  # bounced or no address: no clock runs, staff owe the next step
    OPEN = "open"  # delivered: the clock runs
    ANSWERED = "answered"
    LAPSED = "lapsed"
    ANSWERED_LATE = "answered_late"  # the lapse stays in the history
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"  # staff found the answer enough
    RETURNED = "returned"  # all of it was looked at; what was not enough is asked again in a request of its own


class ItemState(StrEnum):
    ASKED = "asked"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class DisputeState(StrEnum):
    OPENED = "opened"  # not yet delivered to the provider
    UNDELIVERABLE = "undeliverable"
    OPEN = "open"  # delivered: the clock runs
    ANSWERED = "answered"
    CONCEDED = "conceded"
    LAPSED = "lapsed"
    ANSWERED_LATE = "answered_late"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class CaseState(StrEnum):
    OPEN = "open"  # collecting facts; the engine proposes
    IN_CONVERSATION = "in_conversation"  # notice delivered: the provider's answer time runs
    ANSWERED = "answered"
    ANSWER_LAPSED = "answer_lapsed"
    SECOND_LOOK = "second_look"  # a decision waits for a second person
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"


class EndpointState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"  # by a person, or by itself after it did not answer for long: messages wait
    RETIRED = "retired"


Moves = dict[tuple[str, str], str]

IMPORT_MOVES: Moves = {
    (ImportState.RECEIVED, ImportState.PREVIEWED): "import.previewed",
    (ImportState.RECEIVED, ImportState.RUNNING): "import.started",
    (ImportState.RECEIVED, ImportState.REFUSED): "import.refused",
    (ImportState.PREVIEWED, ImportState.RUNNING): "import.started",
    (ImportState.PREVIEWED, ImportState.REFUSED): "import.refused",
    (ImportState.PREVIEWED, ImportState.CANCELLED): "import.cancelled",
    (ImportState.PREVIEWED, ImportState.DONE): "import.finished",  # a dry run ends here
    (ImportState.RECEIVED, ImportState.DONE): "import.finished",
    (ImportState.RUNNING, ImportState.DONE): "import.finished",
    (ImportState.RUNNING, ImportState.REFUSED): "import.refused",
}

TABLE_MOVES: Moves = {
    (TableState.READING, TableState.INCOMPLETE): "table.incomplete",
    (TableState.READING, TableState.LOADED): "table.loaded",
    (TableState.READING, TableState.REFUSED): "table.refused",
    (TableState.INCOMPLETE, TableState.READING): "table.resumed",  # a further part, or accepted as it is
    (TableState.INCOMPLETE, TableState.DISCARDED): "table.discarded",
    (TableState.LOADED, TableState.ACTIVE): "table.activated",
    (TableState.LOADED, TableState.DISCARDED): "table.discarded",
    (TableState.ACTIVE, TableState.SUPERSEDED): "table.superseded",
    (TableState.SUPERSEDED, TableState.ACTIVE): "table.activated",  # the way back
}

FINDING_MOVES: Moves = {
    (FindingState.NEW, FindingState.CONFIRMED): "finding.confirmed",
    (FindingState.NEW, FindingState.DISMISSED): "finding.dismissed",
    (FindingState.NEW, FindingState.CLEARED): "finding.cleared",
    (FindingState.CONFIRMED, FindingState.DISMISSED): "finding.dismissed",
    (FindingState.CONFIRMED, FindingState.CLEARED): "finding.cleared",
    (FindingState.CONFIRMED, FindingState.OVERTURNED): "finding.overturned",
    (FindingState.CONFIRMED, FindingState.NEW): "finding.restored",  # only to take a confirmation back at once
    (FindingState.DISMISSED, FindingState.NEW): "finding.restored",  # by a person, or because its time is over
}


def _document_moves(name: str) -> Moves:
    return {
        (DocumentState.DRAFT, DocumentState.PROPOSED): f"{name}.proposed",
        (DocumentState.DRAFT, DocumentState.DISCARDED): f"{name}.discarded",
        (DocumentState.PROPOSED, DocumentState.DRAFT): f"{name}.returned",
        (DocumentState.PROPOSED, DocumentState.PUBLISHED): f"{name}.published",
        (DocumentState.PROPOSED, DocumentState.DISCARDED): f"{name}.discarded",
        (DocumentState.PUBLISHED, DocumentState.SUPERSEDED): f"{name}.superseded",
        (DocumentState.PUBLISHED, DocumentState.REVERTED): f"{name}.reverted",
        (DocumentState.SUPERSEDED, DocumentState.PUBLISHED): f"{name}.restored",  # what took its place was taken back
    }


POLICY_MOVES, TEMPLATE_MOVES = _document_moves("policy"), _document_moves("template")


def _job_moves(name: str) -> Moves:
    ends = {JobState.DONE: "finished", JobState.CANCELLED: "cancelled", JobState.STOPPED: "stopped"}
    return {(JobState.RUNNING, state): f"{name}.{word}" for state, word in ends.items()}


BACKTEST_MOVES, RESCREENING_MOVES = _job_moves("backtest"), _job_moves("rescreening")

PATTERN_MOVES: Moves = {
    (PatternState.NEW, PatternState.CONFIRMED): "pattern.confirmed",
    (PatternState.NEW, PatternState.DISMISSED): "pattern.dismissed",
    (PatternState.NEW, PatternState.CLEARED): "pattern.cleared",
    (PatternState.CONFIRMED, PatternState.DISMISSED): "pattern.dismissed",
    (PatternState.CONFIRMED, PatternState.CLEARED): "pattern.cleared",
    (PatternState.DISMISSED, PatternState.NEW): "pattern.restored",
}

REQUEST_MOVES: Moves = {
    (RequestState.REQUESTED, RequestState.OPEN): "notes.delivered",
    (RequestState.REQUESTED, RequestState.UNDELIVERABLE): "notes.undeliverable",
    (RequestState.REQUESTED, RequestState.WITHDRAWN): "notes.withdrawn",
    (RequestState.UNDELIVERABLE, RequestState.OPEN): "notes.delivered",
    (RequestState.UNDELIVERABLE, RequestState.WITHDRAWN): "notes.withdrawn",
    (RequestState.OPEN, RequestState.UNDELIVERABLE): "notes.undeliverable",  # a bounce after the fact stops the clock
    (RequestState.OPEN, RequestState.ANSWERED): "notes.received",
    (RequestState.OPEN, RequestState.LAPSED): "notes.lapsed",
    (RequestState.OPEN, RequestState.WITHDRAWN): "notes.withdrawn",
    (RequestState.LAPSED, RequestState.ANSWERED_LATE): "notes.received",
    (
        RequestState.LAPSED,
        RequestState.ANSWERED,
    ): "notes.received",  # it had reached us in time, or an outage leaves it time
    (RequestState.ANSWERED_LATE, RequestState.ANSWERED): "notes.lapse_excused",
    (RequestState.ANSWERED, RequestState.ACCEPTED): "notes.accepted",
    (RequestState.ANSWERED_LATE, RequestState.ACCEPTED): "notes.accepted",
    (RequestState.ANSWERED, RequestState.RETURNED): "notes.returned",
    (RequestState.ANSWERED_LATE, RequestState.RETURNED): "notes.returned",
    (RequestState.RETURNED, RequestState.ANSWERED): "notes.review_reopened",  # a locked-away file is released
    (RequestState.RETURNED, RequestState.ANSWERED_LATE): "notes.review_reopened",
}

ITEM_MOVES: Moves = {
    (ItemState.ASKED, ItemState.RECEIVED): "notes.item_received",
    (ItemState.RECEIVED, ItemState.ACCEPTED): "notes.item_accepted",
    (ItemState.RECEIVED, ItemState.RETURNED): "notes.item_returned",
    (ItemState.RETURNED, ItemState.RECEIVED): "notes.item_received",  # a file that was locked away is released
}

DISPUTE_MOVES: Moves = {
    (DisputeState.OPENED, DisputeState.OPEN): "dispute.delivered",
    (DisputeState.OPENED, DisputeState.UNDELIVERABLE): "dispute.undeliverable",
    (DisputeState.UNDELIVERABLE, DisputeState.OPEN): "dispute.delivered",
    (DisputeState.OPENED, DisputeState.WITHDRAWN): "dispute.withdrawn",
    (DisputeState.UNDELIVERABLE, DisputeState.WITHDRAWN): "dispute.withdrawn",
    (DisputeState.OPEN, DisputeState.UNDELIVERABLE): "dispute.undeliverable",  # a bounce after the fact: no clock ran
    (DisputeState.LAPSED, DisputeState.UNDELIVERABLE): "dispute.undeliverable",
    (DisputeState.OPEN, DisputeState.ANSWERED): "dispute.answered",
    (DisputeState.OPEN, DisputeState.CONCEDED): "dispute.conceded",
    (DisputeState.OPEN, DisputeState.LAPSED): "dispute.lapsed",
    (DisputeState.OPEN, DisputeState.WITHDRAWN): "dispute.withdrawn",
    (DisputeState.LAPSED, DisputeState.ANSWERED_LATE): "dispute.answered",
    (DisputeState.LAPSED, DisputeState.ANSWERED): "dispute.answered",  # in time, or in what an outage would have left
    (DisputeState.ANSWERED, DisputeState.DECIDED): "dispute.decided",
    (DisputeState.ANSWERED_LATE, DisputeState.DECIDED): "dispute.decided",
    (DisputeState.CONCEDED, DisputeState.DECIDED): "dispute.decided",
    (DisputeState.LAPSED, DisputeState.DECIDED): "dispute.decided",
}

CASE_MOVES: Moves = {
    (CaseState.OPEN, CaseState.IN_CONVERSATION): "case.notice_delivered",
    (CaseState.OPEN, CaseState.DECIDED): "case.decided",  # only what takes nothing from anybody; see promises
    (CaseState.IN_CONVERSATION, CaseState.OPEN): "case.notice_came_back",  # its mail bounced unseen: no clock ran
    (CaseState.ANSWER_LAPSED, CaseState.OPEN): "case.notice_came_back",
    (CaseState.IN_CONVERSATION, CaseState.ANSWERED): "case.answered",
    (CaseState.IN_CONVERSATION, CaseState.ANSWER_LAPSED): "case.answer_lapsed",
    (CaseState.IN_CONVERSATION, CaseState.DECIDED): "case.decided",
    (CaseState.ANSWERED, CaseState.SECOND_LOOK): "case.decision_proposed",
    (CaseState.ANSWERED, CaseState.DECIDED): "case.decided",
    (CaseState.ANSWER_LAPSED, CaseState.ANSWERED): "case.answered",  # late, and marked so
    (CaseState.ANSWER_LAPSED, CaseState.SECOND_LOOK): "case.decision_proposed",
    (CaseState.ANSWER_LAPSED, CaseState.DECIDED): "case.decided",
    (CaseState.SECOND_LOOK, CaseState.DECIDED): "case.decided",
    (CaseState.SECOND_LOOK, CaseState.ANSWERED): "case.decision_returned",
    (CaseState.SECOND_LOOK, CaseState.ANSWER_LAPSED): "case.decision_returned",
    (CaseState.DECIDED, CaseState.APPEALED): "case.appealed",
    (CaseState.DECIDED, CaseState.CLOSED): "case.closed",
    (CaseState.APPEALED, CaseState.SECOND_LOOK): "case.decision_proposed",
    (CaseState.APPEALED, CaseState.DECIDED): "case.decided",
    (CaseState.SECOND_LOOK, CaseState.APPEALED): "case.decision_returned",
}

CALENDAR_MOVES: Moves = {
    (CalendarState.PROPOSED, CalendarState.PUBLISHED): "calendar.published",
    (CalendarState.PROPOSED, CalendarState.DISCARDED): "calendar.discarded",
}

ENDPOINT_MOVES: Moves = {
    (EndpointState.ACTIVE, EndpointState.PAUSED): "webhook.paused",
    (EndpointState.PAUSED, EndpointState.ACTIVE): "webhook.resumed",
    (EndpointState.ACTIVE, EndpointState.RETIRED): "webhook.retired",
    (EndpointState.PAUSED, EndpointState.RETIRED): "webhook.retired",
}

# Keyed by the Django model label, so that move() needs no knowledge of the apps.
LIFECYCLES: dict[str, Moves] = {
    "therapy_sessions.importbatch": IMPORT_MOVES,
    "therapy_sessions.codetable": TABLE_MOVES,
    "therapy_sessions.finding": FINDING_MOVES,
    "therapy_sessions.policyrevision": POLICY_MOVES,
    "therapy_sessions.backtest": BACKTEST_MOVES,
    "therapy_sessions.rescreening": RESCREENING_MOVES,
    "therapy_sessions.patternfinding": PATTERN_MOVES,
    "notes.notesrequest": REQUEST_MOVES,
    "notes.requestitem": ITEM_MOVES,
    "notes.calendarversion": CALENDAR_MOVES,
    "disputes.dispute": DISPUTE_MOVES,
    "disputes.case": CASE_MOVES,
    "disputes.templateversion": TEMPLATE_MOVES,
    "webhooks.endpoint": ENDPOINT_MOVES,
}
