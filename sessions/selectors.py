"""What an actor may see of sessions, findings and imports. Fetching and authorising are one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.checks import Severity
from clawguard.domain.checks.stated import of_payer
from clawguard.domain.stated_facts import UNSCREENED
from clawguard.events.errors import NotFound
from sessions import policies
from sessions.models import (
    Finding,
    ImportBatch,
    IntakeChunk,
    Payer,
    Screening,
    SessionRevision,
    StatedFact,
    TherapySession,
)

STANDING = ("new", "confirmed")


def visible_sessions(actor: Actor) -> QuerySet[TherapySession]:
    """Raises NotAllowed for roles and keys that see no sessions at all."""
    policies.require_reader(actor)
    return TherapySession.objects.filter(policies.readable(actor))


def get_session(actor: Actor, session_id: UUID) -> TherapySession:
    """With its parties. Raises NotFound, whether there is none or the actor may not know of it; NotAllowed for a key
    without the scope."""
    if actor.kind == "api":
        policies.require_reader(actor)
    rows = TherapySession.objects.filter(policies.readable(actor), pk=session_id)
    session = rows.select_related("provider", "client", "payer").first()
    if session is None:
        raise NotFound
    return session


def get_writable(actor: Actor, session_id: UUID) -> TherapySession:
    """A session the actor may correct. Raises NotFound out of sight, NotAllowed where they may only look."""
    if not policies.may_take_in(actor):
        get_session(actor, session_id)
        raise NotAllowed
    session = TherapySession.objects.filter(policies.writable(actor), pk=session_id).first()
    if session is None:
        raise NotFound
    return session


def search(
    actor: Actor,
    *,
    external_id: str = "",
    npi: str = "",
    client_id: UUID | None = None,
    payer_id: str = "",
    code: str = "",
    date_from: dt.date | None = None,
    date_to: dt.date | None = None,
    check_id: str = "",
    state: str = "",
    updated_since: dt.datetime | None = None,
    provider: str = "",
) -> QuerySet[TherapySession]:
    """Sessions by what people look for. ``state``: ``open`` has standing findings that ask for
    something, ``clear`` was screened and has none, ``unscreened`` waits for its first screening."""
    wanted = {
        "external_id": external_id,
        "provider__npi": npi,
        "client_id": client_id,
        "payer__payer_id": payer_id,
        "codes__contains": [code.upper()] if code else None,
        "date_of_service__gte": date_from,
        "date_of_service__lte": date_to,
        "updated_at__gte": updated_since,
    }
    rows = visible_sessions(actor)
    if provider:
        rows = rows.filter(Q(provider__npi=provider) | Q(provider__name__icontains=provider))
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if check_id:
        rows = rows.filter(Exists(_standing_of_row().filter(check_id=check_id.upper())))
    return _in_state(rows, state)


def _standing_of_row() -> QuerySet[Finding]:
    return Finding.objects.filter(session=OuterRef("pk"), status__in=STANDING)


def _in_state(rows: QuerySet[TherapySession], state: str) -> QuerySet[TherapySession]:
    asking = Exists(_standing_of_row().exclude(severity=Severity.INFO))
    if state == "open":
        return rows.filter(asking)
    screened = Exists(Screening.objects.filter(session=OuterRef("pk")))
    if state == "unscreened":
        return rows.filter(~screened)
    return rows.filter(screened, ~asking) if state == "clear" else rows


def page_of(rows: QuerySet[TherapySession], after: str, size: int) -> tuple[list[TherapySession], str]:
    """One page, newest first, and the mark of the next (empty on the last). A mark that means nothing is ignored."""
    day, _, key = after.partition("_")
    try:
        mark = (dt.date.fromisoformat(day), UUID(key)) if after else None
    except ValueError:
        mark = None
    if mark is not None:
        rows = rows.filter(Q(date_of_service__lt=mark[0]) | Q(date_of_service=mark[0], id__lt=mark[1]))
    found = list(rows.order_by("-date_of_service", "-id")[: size + 1])
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return shown, f"{last.date_of_service.isoformat()}_{last.pk}" if last else ""


def find_client(actor: Actor, external_id: str) -> UUID | None:
    """The opaque id under which a client can be searched without their identifier appearing in an address.

    A client of sessions out of the actor's reach is not there: the answer tells nobody whom others treat.
    """
    known = visible_sessions(actor).filter(client__external_id=external_id)
    return known.values_list("client_id", flat=True).first()


def payers() -> list[Payer]:
    return list(Payer.objects.order_by("name", "payer_id")[:200])


def screenings_of(session: TherapySession) -> list[Screening]:
    """Every screening of a session the caller was given, the newest first."""
    return list(Screening.objects.filter(session=session).select_related("pack").order_by("-at", "-id"))


def screened_at(session: TherapySession) -> dt.datetime | None:
    """When the current revision was last screened; None while it waits."""
    rows = Screening.objects.filter(session=session, revision=session.revision)
    return rows.order_by("-at").values_list("at", flat=True).first()


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """Raises NotAllowed for roles and keys that see no findings at all."""
    policies.require_reader(actor)
    rows = Finding.objects.filter(policies.readable(actor, "session__provider"))
    return rows.select_related("screening")  # which names the rule pack


def standing_findings(actor: Actor) -> QuerySet[Finding]:
    """Findings that hold for now: neither dismissed nor cleared. The costliest first."""
    return visible_findings(actor).filter(status__in=STANDING).order_by("-amount_at_risk", "id")


def findings_of(actor: Actor, session: TherapySession) -> list[Finding]:
    """Every finding of a session the actor can see, standing ones first."""
    rows = visible_findings(actor).filter(session=session).order_by("check_id", "created_at", "number")
    return sorted(rows, key=lambda finding: finding.status not in STANDING)


def findings_by_id(actor: Actor, ids: Sequence[UUID]) -> dict[str, Finding]:
    """Those of ``ids`` the actor can see, with what a list shows of them."""
    rows = visible_findings(actor).filter(pk__in=ids).select_related("session__provider", "session__payer")
    return {str(row.pk): row for row in rows}


def session_of_finding(finding_id: UUID) -> UUID:
    """For handlers: the session a finding is about."""
    return Finding.objects.values_list("session_id", flat=True).get(pk=finding_id)


def revisions_of(actor: Actor, session: TherapySession) -> list[SessionRevision]:
    rows = SessionRevision.objects.filter(policies.readable(actor, "session__provider"), session=session)
    return list(rows.order_by("-revision"))


def with_standing_findings(rows: QuerySet[TherapySession]) -> QuerySet[TherapySession]:
    """Each session with ``standing``: its findings that hold for now, in one further query."""
    standing = Finding.objects.filter(status__in=STANDING).select_related("screening").order_by("check_id", "number")
    return rows.select_related("provider", "client", "payer").prefetch_related(
        Prefetch("findings", queryset=standing, to_attr="standing")
    )


def new_findings_of_chunk(chunk_id: int) -> QuerySet[Finding]:
    """For handlers of ``session.screened``: findings of the chunk's sessions that nobody has judged yet."""
    ids = IntakeChunk.objects.values_list("session_ids", flat=True).get(pk=chunk_id)
    return Finding.objects.filter(session_id__in=ids, status="new")


def stated_facts(actor: Actor) -> QuerySet[StatedFact]:
    """Raises NotAllowed for providers, and for roles and keys that see no sessions."""
    policies.require_fact_reader(actor)
    rows = StatedFact.objects.filter(policies.reachable_facts(actor, policies.READ))
    return rows.select_related("provider", "withdrawal")


def facts_beside(actor: Actor, session: TherapySession) -> list[StatedFact]:
    """What was stated about a session the caller was given, its client and its provider; the latest first."""
    return list(stated_facts(actor).filter(_about(session)).order_by("-stated_at", "-id")[:200])


def imports(actor: Actor) -> QuerySet[ImportBatch]:
    """Raises NotAllowed for roles and keys that take nothing in."""
    policies.require_import_reader(actor)
    return ImportBatch.objects.filter(policies.reachable_imports(actor))


def get_import(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Raises NotFound out of reach, NotAllowed for a key without the scope."""
    if actor.kind == "api":
        policies.require_import_reader(actor)
    batch = ImportBatch.objects.filter(policies.reachable_imports(actor), pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def screened_of(batch: ImportBatch) -> tuple[int, int]:
    """How many sessions of a batch are screened, and how many it stored or corrected."""
    done = Sum("size", filter=Q(screened_at__isnull=False), default=0)
    found = batch.chunks.aggregate(done=done, of=Sum("size", default=0))
    return found["done"], found["of"]


def withdrawn_beside(session: TherapySession) -> list[StatedFact]:
    """What was stated about the session, its client or its provider and withdrawn, in the order of being stated.

    Without what no check and no case looks at, a client's papers above all, and what names another payer.
    """
    rows = StatedFact.objects.filter(_about(session), withdrawal__isnull=False).exclude(kind__in=UNSCREENED)
    found = rows.select_related("withdrawal").order_by("stated_at", "pk")
    return [row for row in found if of_payer(row.values, session.payer.payer_id)]


def _about(session: TherapySession) -> Q:
    return Q(client=session.client_id) | Q(provider=session.provider_id) | Q(session_ref=session.external_id)
