"""Days on which a provider is away, and who answers meanwhile. The clock goes on: docs/policy/notes-requests.md."""

from __future__ import annotations

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from clawguard.accounts import delegates
from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Absence, Delegation, Handover, Provider
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from notes import policies
from notes.services.handing import begin_absence

LONGEST = dt.timedelta(days=366)


def today_of(provider: Provider, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(provider.time_zone)).date()


@transaction.atomic
def enter_absence(
    actor: Actor,
    first_day: dt.date,
    last_day: dt.date,
    delegation_id: UUID | None,
    only_delegate: bool,
    now: dt.datetime,
    npi: str = "",
) -> Absence:
    """The provider says when they are away; or a program that keeps their calendar does, naming them by ``npi``. Who
    answers meanwhile, and who gets the mail, only the provider says.

    Raises NotAllowed, NotFound (no such delegate), Refused.
    """
    provider = Provider.objects.select_for_update().get(pk=_whose(actor, npi))
    if actor.kind == "api" and (delegation_id is not None or only_delegate):
        raise Refused("in_person", "Who answers meanwhile only the provider says.", "/delegation")
    today = today_of(provider, now)
    _require_fitting(provider, first_day, last_day, today)
    delegation = _delegation(provider, delegation_id)
    if only_delegate and delegation is None:
        raise Refused("delegate_missing", "Name somebody who gets the mail while you do not.", "/delegation")
    absence = Absence.objects.create(
        provider=provider,
        first_day=first_day,
        last_day=last_day,
        delegation=delegation,
        only_delegate=only_delegate,
        entered_at=now,
    )
    told = {"first_day": first_day.isoformat(), "last_day": last_day.isoformat(), "covered": delegation is not None}
    publish("absence.entered", absence, actor, now, told)
    if first_day <= today:
        begin_absence(absence, now)
    return absence


def _whose(actor: Actor, npi: str) -> UUID:
    if actor.kind != "api":
        own = policies.own_provider(actor)
        if npi and not Provider.objects.filter(pk=own, npi=npi).exists():
            raise NotFound
        return own
    actor.require(scope=policies.WRITE)
    known = Provider.objects.filter(npi=npi).values_list("pk", flat=True).first()
    if known is None:
        raise Refused("unknown_provider", "No provider has this NPI.", "/provider")
    return known


def _require_fitting(provider: Provider, first_day: dt.date, last_day: dt.date, today: dt.date) -> None:
    if last_day < first_day:
        raise Refused("days_reversed", "The last day is before the first.", "/last_day")
    if last_day < today:
        raise Refused("day_past", "The last day is over already.", "/last_day")
    if last_day - first_day > LONGEST or first_day - today > LONGEST:
        raise Refused("too_far", "Enter at most a year, beginning within a year.", "/first_day")
    if delegates.absences(provider.pk, first_day).filter(first_day__lte=last_day).exists():
        raise Refused(
            "absence_overlaps", "You have entered some of these days already. Take that back first.", "/first_day"
        )


def _delegation(provider: Provider, delegation_id: UUID | None) -> Delegation | None:
    if delegation_id is None:
        return None
    row = delegates.standing(provider.pk).filter(pk=delegation_id).first()
    if row is None:
        raise NotFound
    return row


@transaction.atomic
def undo_absence(actor: Actor, absence_id: UUID, now: dt.datetime) -> Absence:
    """The provider is there after all: what was handed over for it is theirs alone again. A program takes back what a
    program may enter. Raises NotAllowed, NotFound.
    """
    rows = Absence.objects.select_for_update().filter(_takes_back(actor), undone_at=None)
    absence = rows.filter(pk=absence_id).first()
    if absence is None:
        raise NotFound
    Absence.objects.filter(pk=absence.pk).update(undone_at=now)
    Handover.objects.filter(absence=absence, taken_back_at=None).update(taken_back_at=now)
    publish("absence.undone", absence, actor, now)
    return absence


def _takes_back(actor: Actor) -> Q:
    if actor.kind != "api":
        return Q(provider_id=policies.own_provider(actor))
    actor.require(scope=policies.WRITE)
    return Q(delegation=None, only_delegate=False)


def begin_absences(now: dt.datetime) -> int:
    """The sweep: hand over what waits on the morning an absence begins. Returns how many began."""
    tomorrow = now.date() + dt.timedelta(days=1)  # the first zones to reach a day are ahead of UTC
    rows = Absence.objects.filter(begun_at=None, undone_at=None, first_day__lte=tomorrow).select_related("provider")
    due = [row.pk for row in rows if row.first_day <= today_of(row.provider, now)]
    return sum(_begin(absence_id, now) for absence_id in due)


@transaction.atomic
def _begin(absence_id: UUID, now: dt.datetime) -> bool:
    rows = Absence.objects.select_for_update(of=("self",), skip_locked=True).select_related("provider", "delegation")
    absence = rows.filter(pk=absence_id, begun_at=None, undone_at=None).first()
    if absence is None:
        return False
    begin_absence(absence, now)
    return True
