"""Evidence as people type it into a form, turned into the fields of its kind and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from clawguard.domain.disputes import KINDS, Field, FieldType, Kind
from clawguard.ui import words

INPUTS = {
    FieldType.MOMENT: "datetime-local",
    FieldType.DATE: "date",
    FieldType.WHOLE: "number",
    FieldType.MONEY: "text",
}
YES_NO = (("yes", "yes"), ("no", "no"))


def field_name(kind: str, name: str) -> str:
    return f"{kind}.{name}"


def read_form(form: Mapping[str, Any], kinds: Iterable[str], zone: str) -> dict[str, dict[str, Any]]:
    """Per kind, what was put into its fields; what cannot be read is handed on as typed, for its reader to refuse."""
    return {kind: _read_kind(form, KINDS[kind], zone) for kind in kinds}


def _read_kind(form: Mapping[str, Any], kind: Kind, zone: str) -> dict[str, Any]:
    typed = {field: str(form.get(field_name(kind.id, field.name), "")).strip() for field in kind.fields}
    return {field.name: _value(field, text, zone) for field, text in typed.items() if text}


def _value(field: Field, typed: str, zone: str) -> Any:
    if field.type is FieldType.MOMENT:
        return _moment(typed, zone)
    if field.type is FieldType.YES_NO:
        return {"yes": True, "no": False}.get(typed, typed)
    return typed


def _moment(typed: str, zone: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).isoformat()


def fieldsets(
    kinds: Iterable[str], values: Mapping[str, Mapping[str, Any]], zone: str, needed: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """What a page needs to draw the fields of these kinds, with what is known already in them."""
    must = frozenset(needed)
    return [
        {
            "id": kind,
            "label": KINDS[kind].label,
            "hint": KINDS[kind].hint,
            "needed": kind in must,
            "filled": any(value not in (None, "") for value in values.get(kind, {}).values()),
            "fields": [_drawn(kind, field, values.get(kind, {}).get(field.name), zone) for field in KINDS[kind].fields],
        }
        for kind in kinds
    ]


def _drawn(kind: str, field: Field, value: Any, zone: str) -> dict[str, Any]:
    choices = YES_NO if field.type is FieldType.YES_NO else field.choices
    typed = _typed(field, value, zone)
    return {
        "name": field_name(kind, field.name),
        "dom_id": f"{kind}-{field.name}".replace("_", "-"),
        "label": field.label,
        "required": field.required,
        "input": INPUTS.get(field.type, "text"),
        "long": field.type is FieldType.TEXT and field.name in {"text", "details"},
        "choices": choices,
        "value": typed,
        "shown": dict(choices).get(typed, _shown(field, typed)),
    }


def _shown(field: Field, typed: str) -> str:
    """What was typed, in the form that pages have for moments and days; what is neither stays as it is."""
    try:
        if field.type is FieldType.MOMENT:
            return words.moment(dt.datetime.fromisoformat(typed).replace(tzinfo=dt.UTC), dt.UTC)
        return words.day(dt.date.fromisoformat(typed), year=True) if field.type is FieldType.DATE else typed
    except ValueError:
        return typed


def _typed(field: Field, value: Any, zone: str) -> str:
    """As the input shows it: a moment on the wall clock of ``zone``."""
    if value is None:
        return ""
    if field.type is FieldType.YES_NO:
        return {True: "yes", False: "no"}.get(value, "")
    if field.type is not FieldType.MOMENT:
        return str(value)
    try:
        return dt.datetime.fromisoformat(value).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
    except (TypeError, ValueError):
        return ""
