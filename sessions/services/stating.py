"""Stating facts beside sessions and withdrawing them; what they touch is screened again, exactly once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Provider
from clawguard.domain.stated_facts import Statement, read_statement
from clawguard.domain.submission import FieldError
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish, publish_many
from clawguard.events.words import stated
from sessions import policies
from sessions.models import Client, FactWithdrawal, StatedFact
from sessions.services import parties, restating, storing
from sessions.services.intake import unreadable

MOST = 1000
LONGEST_REASON = 300


class Stated(NamedTuple):
    """The facts in the order they were stated, and how many of them were new."""

    facts: list[StatedFact]
    new: int


def state_body(actor: Actor, body: dict[str, Any], now: dt.datetime) -> Stated:
    """One statement, or up to 1,000 as ``{"facts": […]}``. All or none. Raises Problem 400 with every bad field."""
    policies.require_intake(actor)
    many = "facts" in body
    raw = body["facts"] if many else [body]
    errors: list[FieldError] = []
    if many:
        errors += [
            FieldError(f"/{name[:60]}", "unknown", "There is no such field.") for name in body.keys() - {"facts"}
        ]
    if not isinstance(raw, list) or len(raw) > MOST:
        raise unreadable([FieldError("/facts", "type_array", f"must be a list of at most {MOST:,} statements.")])
    read = [read_statement(each, f"/facts/{index}" if many else "") for index, each in enumerate(raw)]
    errors += [error for _, found in read for error in found]
    if errors:
        raise unreadable(errors)
    return state(actor, [statement for statement, _ in read if statement is not None], now)


@transaction.atomic
def state(actor: Actor, statements: Sequence[Statement], now: dt.datetime) -> Stated:
    """Store statements and have the sessions they are about screened again. One that stands already changes nothing.

    Raises Refused for a provider or session of another team, and for a provider nobody knows.
    """
    policies.require_intake(actor)
    storing.serialise_intake()  # whatever session is stored later is screened with these facts in view
    known = _known(statements, actor)
    standing = {
        row.digest: row
        for row in StatedFact.objects.filter(digest__in=[s.digest for s in statements], withdrawal__isnull=True)
    }
    rows, made = [], []
    for statement in statements:
        row = standing.get(statement.digest)
        if row is None:
            row = standing[statement.digest] = _row(statement, known, actor, now)
            made.append(row)
        rows.append(row)
    StatedFact.objects.bulk_create(made)
    publish_many("fact.stated", [(row, {"kind": row.kind}) for row in made], actor, now)
    restating.screen_again(made, actor, now)
    return Stated(rows, len(made))


@transaction.atomic
def withdraw(actor: Actor, fact_id: UUID, reason: str, now: dt.datetime) -> StatedFact:
    """The statement no longer stands; what rested on it is screened again. Raises NotFound, Refused."""
    policies.require_intake(actor)
    storing.serialise_intake()
    said = stated(reason, "/reason", LONGEST_REASON, "Say why it no longer stands.")
    fact = StatedFact.objects.filter(policies.reachable_facts(actor, policies.WRITE), pk=fact_id).first()
    if fact is None:
        raise NotFound
    if FactWithdrawal.objects.filter(fact=fact).exists():
        raise Refused("withdrawn", "This statement was withdrawn before.")
    FactWithdrawal.objects.create(
        fact=fact,
        reason=said,
        withdrawn_at=now,
        withdrawn_by_kind=actor.kind,
        withdrawn_by_id=actor.id,
        withdrawn_by_name=actor.name,
    )
    publish("fact.withdrawn", fact, actor, now, {"kind": fact.kind})
    restating.screen_again([fact], actor, now)
    return fact


class _Known(NamedTuple):
    clients: dict[str, UUID]
    providers: dict[str, UUID]


def _known(statements: Sequence[Statement], actor: Actor) -> _Known:
    refs: dict[str, set[str]] = {"client": set(), "provider": set(), "session": set()}
    for statement in statements:
        refs[statement.about].add(statement.ref)
    providers = dict(Provider.objects.filter(npi__in=refs["provider"]).values_list("npi", "id"))
    if refs["provider"] - providers.keys():
        raise Refused("provider_unknown", "No provider has this number.", "/provider")
    if parties.out_of_reach(refs["provider"], actor):
        raise Refused("provider_out_of_reach", "This provider belongs to another team.", "/provider")
    policies.require_facts_in_reach(actor, refs["client"], refs["session"])
    return _Known(_clients(refs["client"]), providers)


def _clients(wanted: set[str]) -> dict[str, UUID]:
    """Clients by the network's id, made where new: their coverage may be stated before their first session."""
    known = dict(Client.objects.filter(external_id__in=wanted).values_list("external_id", "id"))
    Client.objects.bulk_create(
        [Client(external_id=key) for key in sorted(wanted - known.keys())], ignore_conflicts=True
    )
    return dict(Client.objects.filter(external_id__in=wanted).values_list("external_id", "id"))


def _row(statement: Statement, known: _Known, actor: Actor, now: dt.datetime) -> StatedFact:
    return StatedFact(
        kind=statement.kind,
        client_id=known.clients[statement.ref] if statement.about == "client" else None,
        provider_id=known.providers[statement.ref] if statement.about == "provider" else None,
        session_ref=statement.ref if statement.about == "session" else "",
        first_day=statement.first_day,
        last_day=statement.last_day,
        values=dict(statement.values),
        source=statement.source,
        digest=statement.digest,
        stated_at=now,
        stated_by_kind=actor.kind,
        stated_by_id=actor.id,
        stated_by_name=actor.name,
    )
