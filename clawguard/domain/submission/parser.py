"""From the JSON shape of a session to facts, with every error at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from clawguard.domain.facts import Documented, ServiceLineFacts, SessionFacts
from clawguard.domain.submission import consistency
from clawguard.domain.submission.table import READ_ONLY, SERVICE_LINES, SESSION, Field, ListOf, ObjectOf
from clawguard.domain.submission.values import (
    ClientRef,
    Defaults,
    Errors,
    FieldError,
    PayerRef,
    ProviderRef,
    RefusedError,
    Submission,
    safe_key,
)

_NO_DEFAULTS = Defaults()
_MOST_REPEATED, _LONGEST_REPEATED = 8192, 1000
_REPEATED: dict[tuple[str, str], Any] = {}  # what was read of what sessions repeat; nothing of a client


def parse(
    raw: object, *, now: dt.datetime, defaults: Defaults = _NO_DEFAULTS, revision: int = 1, at: str = ""
) -> tuple[Submission | None, list[FieldError]]:
    """Read one session.

    Answers ``(submission, [])`` or ``(None, errors)``; never raises for bad input. ``now`` is aware and decides what
    lies in the future; ``at`` is the JSON pointer of ``raw`` inside the request body.
    """
    errors = Errors(at)
    values = _object(SESSION, raw, at, errors)
    if not errors.found:
        _fill(values, defaults, errors)
        consistency.check(values, now, errors)
    if errors.found:
        zone = _zone_of(raw, defaults)
        return None, [consistency.explain(error, raw, zone, at) for error in errors.found]
    return _build(values, revision), []


def _object(table: ObjectOf, raw: Any, at: str, errors: Errors) -> dict[str, Any]:
    """The values of one object by fact name; what cannot be read is reported and left at its absent value."""
    values = table.blank.copy()
    if type(raw) is not dict:
        errors.add(at, "type_object", "must be an object (fields in braces).")
        return values
    by_name = table.by_name
    for name, value in raw.items():
        field = by_name.get(name)
        if field is None:
            _refuse_unknown(name, at, errors)
        elif value is not None:
            read = field.read
            if read is None:
                values[field.fact] = _compound(field, value, f"{at}/{name}", errors)
                continue
            try:
                values[field.fact] = read(value)
            except RefusedError as refused:
                errors.add(f"{at}/{name}", refused.code, refused.why)
    for name in table.required:
        if raw.get(name) is None:
            errors.add(f"{at}/{name}", "required", "is missing; it is required.")
    return values


def _compound(field: Field, value: Any, at: str, errors: Errors) -> Any:
    if not field.repeats:
        return _one(field, value, at, errors)
    said = repr(value)  # tells 1 from true and from "1", as a key made of the values would not
    known = _REPEATED.get((field.name, said))
    if known is not None:
        return known
    before = len(errors.found)
    found = _one(field, value, at, errors)
    if len(errors.found) == before and len(said) <= _LONGEST_REPEATED:
        if len(_REPEATED) >= _MOST_REPEATED:
            _REPEATED.clear()
        _REPEATED[field.name, said] = found
    return found


def _one(field: Field, value: Any, at: str, errors: Errors) -> Any:
    kind = field.kind
    if isinstance(kind, ObjectOf):
        return _object(kind, value, at, errors)
    if not isinstance(kind, ListOf):
        raise TypeError(f"{field.name} is read at once")
    found = _list(kind, value, at, errors)
    if kind is SERVICE_LINES:
        return tuple([ServiceLineFacts(number=number, **line) for number, line in enumerate(found, 1)])
    return found


def _list(kind: ListOf, raw: Any, at: str, errors: Errors) -> tuple[Any, ...]:
    if type(raw) is not list:
        errors.add(at, "type_array", "must be a list (values in brackets).")
        return ()
    if not kind.minimum <= len(raw) <= kind.maximum:
        code = "too_few_items" if len(raw) < kind.minimum else "too_many_items"
        errors.add(at, code, f"has {len(raw)} entries; between {kind.minimum} and {kind.maximum} are possible.")
        return ()
    item = kind.item
    if isinstance(item, ObjectOf):
        return tuple([_object(item, entry, f"{at}/{index}", errors) for index, entry in enumerate(raw)])
    values = []
    for index, entry in enumerate(raw):
        try:
            values.append(item.read(entry))
        except RefusedError as refused:
            errors.add(f"{at}/{index}", refused.code, refused.why)
    return tuple(values)


def _refuse_unknown(name: object, at: str, errors: Errors) -> None:
    key = safe_key(name)
    if name in READ_ONLY:
        errors.add(f"{at}/{key}", "read_only", "is set by the system; leave it out.")
    else:
        errors.add(f"{at}/{key}", "unknown_field", "is not a field of a session; check its spelling or leave it out.")


def _fill(values: dict[str, Any], defaults: Defaults, errors: Errors) -> None:
    """Put the network's defaults where the session is silent; without a default the field is required."""
    for group, name, default in (
        ("provider", "time_zone", defaults.time_zone),
        ("provider", "license", defaults.license),
        ("payer", "kind", defaults.payer_kind),
    ):
        if values[group][name] is None:
            if default is None:
                errors.add(f"{errors.at}/{group}/{name}", "required", "is missing; it is required.")
            values[group] = {**values[group], name: default}  # a copy: what was said is shared


def _zone_of(raw: object, defaults: Defaults) -> str | None:
    provider = raw.get("provider") if isinstance(raw, Mapping) else None
    stated = provider.get("time_zone") if isinstance(provider, Mapping) else None
    return stated if isinstance(stated, str) else defaults.time_zone


def _build(values: dict[str, Any], revision: int) -> Submission:
    provider = ProviderRef(**values.pop("provider"))
    client = ClientRef(**values.pop("client"))
    payer = PayerRef(**values.pop("payer"))
    documented = values.pop("documented")
    facts = SessionFacts(
        revision=revision,
        provider_npi=provider.npi,
        provider_license=provider.license,
        provider_time_zone=provider.time_zone,
        client_key=client.external_id,
        client_birth_date=client.birth_date,
        client_sex=client.sex,
        client_state=client.state,
        payer_id=payer.id,
        payer_kind=payer.kind,
        payer_plan=payer.plan,
        documented=Documented(**documented) if documented else _NOTHING_DOCUMENTED,
        **values,
    )
    return Submission(facts, provider, client, payer)


_NOTHING_DOCUMENTED = Documented()
