"""Who answers in a provider's name, what they may see of what waits, and when a provider is away. Queries only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from clawguard.accounts.actors import Actor, standing_delegations
from clawguard.accounts.models import Absence, Delegation, Handover, Provider, User


def reach(actor: Actor, waiting: Q) -> Q:
    """The rows a delegate may know of: what was handed to them, and where a provider said *everything*, what waits
    (``waiting``) or was answered since they accepted. What a provider answered before that is none of theirs.

    Over rows with ``provider`` and ``answered_at`` whose key a handover names.
    """
    mine = standing_delegations(actor.id)
    handed = Handover.objects.filter(delegation__in=mine, taken_back_at=None).values("about")
    widely = mine.filter(everything=True, provider=OuterRef("provider_id"))
    since = widely.filter(accepted_at__lte=OuterRef("answered_at"))
    return Q(pk__in=handed) | (waiting & Q(Exists(widely))) | Q(Exists(since))


def stood_for(actor: Actor) -> QuerySet[Provider]:
    """The providers in whose name a delegate answers now."""
    return Provider.objects.filter(pk__in=actor.stands_for).order_by("name", "pk")


def invited(provider_id: UUID) -> QuerySet[Delegation]:
    """A provider's delegates and those invited, in the order they were invited."""
    rows = Delegation.objects.filter(provider_id=provider_id, ended_at=None)
    return rows.select_related("delegate").order_by("invited_at", "pk")


def standing(provider_id: UUID) -> QuerySet[Delegation]:
    """Those who have accepted and can still sign in."""
    return invited(provider_id).filter(accepted_at__isnull=False, delegate__is_active=True)


def handed(about: UUID) -> QuerySet[Handover]:
    """To whom one row was handed over and still is."""
    rows = Handover.objects.filter(about=about, taken_back_at=None, delegation__ended_at=None)
    return rows.select_related("delegation__delegate", "absence").order_by("at", "pk")


def readers(provider: Provider, about: Iterable[UUID]) -> Mapping[User, frozenset[UUID]]:
    """Which delegates are written to about which of a provider's rows."""
    wanted = frozenset(about)
    given: dict[User, set[UUID]] = defaultdict(set)
    people = {row.pk: row for row in standing(provider.pk)}
    for row in people.values():
        if row.everything and row.delegate is not None:
            given[row.delegate] |= wanted
    rows = Handover.objects.filter(about__in=wanted, delegation__in=list(people), taken_back_at=None)
    for delegation, row_id in rows.values_list("delegation_id", "about"):
        delegate = people[delegation].delegate
        if delegate is not None:
            given[delegate].add(row_id)
    return {user: frozenset(ids) for user, ids in given.items()}


def absences(provider_id: UUID, since: dt.date) -> QuerySet[Absence]:
    """A provider's absences that are not over on the day ``since``, the nearest first."""
    rows = Absence.objects.filter(provider_id=provider_id, undone_at=None, last_day__gte=since)
    return rows.select_related("delegation").order_by("first_day", "pk")


def absence_at(provider: Provider, now: dt.datetime) -> Absence | None:
    """The absence that ``now`` falls into, by the calendar of the provider's practice zone."""
    today = now.astimezone(ZoneInfo(provider.time_zone)).date()
    return absences(provider.pk, today).filter(first_day__lte=today).first()
