"""A client's papers as they are stated, for whoever reads a note of theirs."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from clawguard.domain.client_papers import KINDS, PaperFact, Papers, papers_on
from sessions.models import StatedFact, TherapySession


def papers_of(session: TherapySession) -> Papers:
    """How the papers of the session's client stood on its day, by what stands now. One statement."""
    rows = _of(session.client_id).filter(withdrawal__isnull=True).order_by("stated_at", "pk")
    stated = [PaperFact(row.kind, row.first_day, row.last_day, row.values) for row in rows]
    return papers_on(stated, session.date_of_service)


def stated_so_far(client_id: UUID) -> int:
    """How often something was stated of a client's papers or withdrawn: it only grows. One statement."""
    found = _of(client_id).aggregate(stated=Count("pk"), withdrawn=Count("withdrawal"))
    return int(found["stated"] + found["withdrawn"])


def _of(client_id: UUID) -> QuerySet[StatedFact]:
    return StatedFact.objects.filter(client=client_id, kind__in=KINDS)
