"""Opening and withdrawing notes requests: by policy from findings, by staff, by a program."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.accounts.models import Role
from clawguard.domain.lifecycles import REQUEST_MOVES, FindingState, RequestState
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from clawguard.events.services import WrongState, move, publish_many
from clawguard.events.words import optional, stated
from notes import policies
from notes.items import KINDS, LONGEST_LABEL, is_not_to_ask, kind_of
from notes.models import NotesRequest, Origin, RequestItem
from notes.models.request import ANSWERED, STANDING
from notes.services.pausing import end_pause
from notes.services.rows import by, keep_message, locked_to_work, session_to_ask_about
from sessions.models import Finding, TherapySession

MOST_ITEMS = 12
LONGEST_WHY = 2000
# While one of these is there, the policy asks nothing further: the ball is with the provider or with staff.
QUIET = (*STANDING, *ANSWERED, RequestState.LAPSED)
ENDS = {event for (_, after), event in REQUEST_MOVES.items() if after not in QUIET}


@dataclass(frozen=True, slots=True)
class Asked:
    """One item to ask for; ``why`` and ``label`` are in words for the provider."""

    kind: str
    why: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        return self.label or kind_of(self.kind).label


@transaction.atomic
def open_for_findings(session_ids: Iterable[UUID], now: dt.datetime, screened_at: dt.datetime | None = None) -> int:
    """Ask, per session, for what its new findings need. Set-wise; run twice, the second run opens nothing.

    The policy asks for a kind of document once per session: what to ask again is for staff to say. It looks at the
    findings, and at whose turn it was, as of ``screened_at`` (default ``now``): a task that comes late or again must
    not ask for what nobody was to be asked for then.
    """
    screened_at = screened_at or now
    findings = list(
        Finding.objects.filter(
            session__in=list(session_ids),
            screening__at__lte=screened_at,
            status=FindingState.NEW,
            severity__in=settings.NOTES_REQUEST_SEVERITIES,
            request_items__len__gt=0,
        )
        .select_related("session")
        .order_by("session_id", "number")
    )
    per_session: dict[UUID, list[Finding]] = defaultdict(list)
    for finding in findings:
        per_session[finding.session_id].append(finding)
    quiet = _quiet(per_session, screened_at)
    before = asked_before(per_session)
    new = []
    for session_id, found in per_session.items():
        items = items_of(found, before[session_id])
        if items and session_id not in quiet:
            new.append((_by_policy(found, now), items))
    return len(store(new, SYSTEM, now))


def _quiet(sessions: Iterable[UUID], at: dt.datetime) -> set[UUID]:
    """Those of which a request had not ended ``at`` that moment: it has not yet, or its end is on record as later."""
    ends = Event.objects.filter(name__in=ENDS, at__gt=at, subject_id=Cast(OuterRef("pk"), CharField()))
    not_yet = Q(status__in=QUIET) | Q(Exists(ends), opened_at__lt=at)
    return set(NotesRequest.objects.filter(not_yet, session__in=list(sessions)).values_list("session_id", flat=True))


def asked_before(sessions: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Kinds of documents that were ever asked for, per session."""
    kinds: dict[UUID, set[str]] = defaultdict(set)
    asked = RequestItem.objects.filter(request__session__in=list(sessions))
    for session_id, kind in asked.values_list("request__session_id", "kind"):
        kinds[session_id].add(kind)
    return kinds


def items_of(findings: Sequence[Finding], known: set[str]) -> list[Asked]:
    """Each kind once, with the words of every finding that needs it."""
    whys: dict[str, list[str]] = {}
    for finding in findings:
        for kind in finding.request_items:
            said = whys.setdefault(kind, [])
            if finding.provider_message not in said:
                said.append(finding.provider_message)
    return [Asked(kind, " ".join(said)) for kind, said in whys.items() if kind not in known][:MOST_ITEMS]


def _by_policy(findings: Sequence[Finding], now: dt.datetime) -> NotesRequest:
    why = "\n".join(dict.fromkeys(finding.provider_message for finding in findings))
    return new_request(findings[0].session, Origin.POLICY, why, [finding.pk for finding in findings], SYSTEM, now)


def new_request(
    session: TherapySession, origin: Origin, why: str, finding_ids: list[UUID], actor: Actor, now: dt.datetime
) -> NotesRequest:
    return NotesRequest(
        session=session,
        provider_id=session.provider_id,
        origin=origin,
        why=why[:LONGEST_WHY],
        finding_ids=finding_ids,
        business_days=settings.BUSINESS_DAYS_TO_ANSWER,
        opened_at=now,
        updated_at=now,
        **by(actor, "opened_by"),
    )


def store(new: Sequence[tuple[NotesRequest, Sequence[Asked]]], actor: Actor, now: dt.datetime) -> set[UUID]:
    """Insert requests with their items and tell of each; a session that got a standing one meanwhile is left out.

    Returns the ids of those that were stored.
    """
    NotesRequest.objects.bulk_create([request for request, _ in new], ignore_conflicts=True, batch_size=500)
    ids = NotesRequest.objects.filter(pk__in=[request.pk for request, _ in new]).values_list("pk", flat=True)
    stored = set(ids)
    kept = [(request, items) for request, items in new if request.pk in stored]
    RequestItem.objects.bulk_create(
        [row for request, items in kept for row in _item_rows(request, items)], batch_size=1000
    )
    told = [(request, {"session": str(request.session_id), "origin": str(request.origin)}) for request, _ in kept]
    publish_many("notes.requested", told, actor, now)
    return stored


def _item_rows(request: NotesRequest, items: Sequence[Asked]) -> list[RequestItem]:
    rows = []
    for number, item in enumerate(items, 1):
        known = kind_of(item.kind)
        label, why = item.label or known.label, item.why or request.why
        rows.append(
            RequestItem(request=request, number=number, kind=item.kind, label=label, why=why, enough=known.enough)
        )
    return rows


@transaction.atomic
def open_request(
    actor: Actor,
    session_id: UUID,
    items: Sequence[Asked],
    why: str,
    now: dt.datetime,
    *,
    finding_ids: Sequence[UUID] = (),
    follows: NotesRequest | None = None,
) -> NotesRequest:
    """Ask a session's provider for items. Raises NotAllowed, NotFound, Refused (items, an own standing request)."""
    session = session_to_ask_about(actor, session_id)
    reason = stated(why, "/why", LONGEST_WHY)
    _require_items(items)
    known = Finding.objects.filter(pk__in=list(finding_ids), session=session).values_list("pk", flat=True)
    origin = Origin.API if actor.kind == "api" else Origin.POLICY if actor.is_system else Origin.STAFF
    request = new_request(session, origin, reason, list(known), actor, now)
    request.follows = follows
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        message = (
            "A notes request for this session is already waiting for its provider. Wait for its answer or withdraw it,"
            " then try again."
        )
        raise Refused("already_standing", message) from None
    RequestItem.objects.bulk_create(_item_rows(request, items))
    publish_many("notes.requested", [(request, {"session": str(session.pk), "origin": str(origin)})], actor, now)
    return request


def _require_items(items: Sequence[Asked]) -> None:
    if not 1 <= len(items) <= MOST_ITEMS:
        raise Refused("items", f"Ask for at least one and at most {MOST_ITEMS} items.", "/items")
    for position, item in enumerate(items):
        if item.kind not in KINDS:
            known = ", ".join(sorted(KINDS))
            raise Refused("unknown_item", f"There is no such item. Known are: {known}.", f"/items/{position}/kind")
        _require_label(item.label, f"/items/{position}/label")
    if len({item.kind for item in items}) != len(items):
        raise Refused("repeated_item", "Ask for each item once.", "/items")


def _require_label(label: str, pointer: str) -> None:
    optional(label, pointer, LONGEST_LABEL)
    if is_not_to_ask(label):
        message = (
            "This is never asked for: psychotherapy (process) notes, other dates or clients, a whole chart, raw tests."
            " Name the document of this one session."
        )
        raise Refused("never_asked_for", message, pointer)


@transaction.atomic
def withdraw(actor: Actor, request_id: UUID, reason: str, now: dt.datetime) -> NotesRequest:
    """Take a standing request back; nothing is owed then. Raises NotAllowed, NotFound, WrongState, Refused."""
    request = locked_to_work(actor, request_id)
    why = stated(reason, "/reason")
    if request.status not in STANDING:
        raise WrongState(request, RequestState.WITHDRAWN)
    if not policies.may_withdraw(actor, request, now):
        raise Refused("past_due", f"Its answer time is over; a {Role.LEAD.label.lower()} may still withdraw it.")
    # The reason is in somebody's own words, so it is sealed with the request and kept out of the event.
    keep_message(actor, request, why, now)
    was_delivered = request.delivered_at is not None
    move(
        request,
        RequestState.WITHDRAWN,
        actor,
        now,
        payload={"was_delivered": was_delivered},
        remind_at=None,
        updated_at=now,
        **end_pause(request, actor, now),
    )
    return request
