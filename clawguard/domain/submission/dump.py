"""The way back: facts to the JSON shape that ``parse`` reads."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clawguard.domain.facts import SessionFacts
from clawguard.domain.submission.table import SESSION, ListOf, ObjectOf
from clawguard.domain.submission.values import ClientRef, PayerRef, ProviderRef, Submission


def to_dict(submission: Submission) -> dict[str, Any]:
    """JSON-ready: money and instants as strings, lists as lists; ``parse`` of it gives an equal submission."""
    own = {"provider": submission.provider, "client": submission.client, "payer": submission.payer}
    return _object(SESSION, submission.facts, own)


def facts_to_dict(
    facts: SessionFacts,
    *,
    payer_name: str | None = None,
    provider_name: str | None = None,
    provider_email: str | None = None,
) -> dict[str, Any]:
    """The same for facts alone; names are not facts and are given beside them."""
    provider = ProviderRef(
        facts.provider_npi, facts.provider_license, facts.provider_time_zone, provider_name, provider_email
    )
    client = ClientRef(facts.client_key, facts.client_birth_date, facts.client_sex, facts.client_state)
    payer = PayerRef(facts.payer_id, payer_name, facts.payer_kind, facts.payer_plan)
    return to_dict(Submission(facts, provider, client, payer))


def _object(table: ObjectOf, source: Any, own: dict[str, Any] | None = None) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for field in table.fields:
        value = own[field.name] if own and field.name in own else getattr(source, field.fact)
        if isinstance(field.kind, ObjectOf):
            result[field.name] = _object(field.kind, value)
        elif isinstance(field.kind, ListOf):
            item = field.kind.item
            result[field.name] = [_object(item, v) if isinstance(item, ObjectOf) else v for v in value]
        else:
            result[field.name] = _scalar(value)
    return result


def _scalar(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return value if value != "" else None
