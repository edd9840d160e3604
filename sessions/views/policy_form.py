"""The form of a draft: for every value whether it is decided here, and what; read from and shown as plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from clawguard.access import FieldProblem, Problem
from clawguard.domain.codesets.policy import DEFAULTS, LABELS, REASONS
from clawguard.domain.codesets.policy_values import SHAPES, Kind, from_text, sections, to_json, to_text
from sessions.models import PolicyRevision
from sessions.rulebook import words
from sessions.rulebook.selectors import Inherited
from sessions.services.payer_policies import Draft

INHERITED, HERE, UNKNOWN = "", "here", "unknown"
HINTS = {
    Kind.NUMBER: "a whole number",
    Kind.DATE: "a date such as 2027-01-31",
    Kind.CODES: "codes, apart by spaces; empty for none",
    Kind.PAIRS: "pairs such as 90837+90853, apart by spaces; empty for none",
    Kind.CODE_NUMBERS: "numbers by code such as 90837=1, apart by spaces; empty for none",
    Kind.GROUP_NUMBERS: "numbers by codes that count together such as 90834+90837=2, apart by spaces; empty for none",
}
TYPES = {Kind.NUMBER: "number", Kind.DATE: "date"}


def read(data: QueryDict) -> Draft:
    """The draft that was typed. Raises Problem 422 where a day cannot be read or a value has no choice beside it."""
    first, last, values, problems = _typed(data)
    if problems or first is None:
        raise Problem(422, "invalid", "The draft cannot be saved yet", "Correct the named fields.", problems)
    return Draft(first, last, values, data.get("reason", ""))


def readable(data: QueryDict, stored: PolicyRevision) -> tuple[Draft, list[FieldProblem]]:
    """What can be read of a draft that is still being typed, and what cannot, which is as stored."""
    first, last, values, problems = _typed(data)
    unread = {problem.pointer for problem in problems}
    if not unread.isdisjoint({"/first_day", "/last_day"}):
        first, last = stored.first_day, stored.last_day
    values |= {name: value for name, value in stored.values.items() if f"/values/{name}" in unread}
    return Draft(first or stored.first_day, last, values, data.get("reason", "")), problems


def _typed(data: QueryDict) -> tuple[dt.date | None, dt.date | None, dict[str, Any], list[FieldProblem]]:
    problems: list[FieldProblem] = []
    first, last = _day(data, "first_day", problems), _day(data, "last_day", problems, needed=False)
    values: dict[str, Any] = {}
    for name in LABELS:
        mode, text = data.get(f"mode-{name}", INHERITED), data.get(f"value-{name}", "")
        if mode == INHERITED and text.strip():
            message = "Choose “decided here” beside it, or leave it empty."
            problems.append(FieldProblem(f"/values/{name}", "not_chosen", message))
        elif mode == UNKNOWN:
            values[name] = None
        elif mode != INHERITED:
            values[name] = from_text(name, mode if SHAPES[name].kind is Kind.YES_NO else text)
    return first, last, values, problems


def _day(data: QueryDict, name: str, problems: list[FieldProblem], *, needed: bool = True) -> dt.date | None:
    text = data.get(name, "").strip()
    if not text and not needed:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problems.append(FieldProblem(f"/{name}", "date", "Give a date such as 2027-01-31."))
        return None


def shown(
    revision: PolicyRevision,
    inherited: Mapping[str, Inherited],
    typed: QueryDict | None = None,
    problems: Iterable[FieldProblem] = (),
) -> dict[str, Any]:
    """What the form's template needs; ``typed`` is what could not be saved, kept as it was typed."""
    errors = {problem.pointer: problem.message for problem in problems}
    parts = []
    for title, names in sections(network=revision.scope.is_network):
        fields = [_field(name, revision.values, inherited[name], typed, errors) for name in names]
        decided = sum(bool(field["mode"]) for field in fields)
        parts.append({"title": title, "fields": fields, "decided": decided, "open": decided or _any_error(fields)})
    head = {"first_day": revision.first_day.isoformat(), "last_day": "", "reason": revision.reason}
    if revision.last_day:
        head["last_day"] = revision.last_day.isoformat()
    if typed is not None:
        head |= {name: typed.get(name, "") for name in head}
    return {**head, "parts": parts, "errors": {key.removeprefix("/"): said for key, said in errors.items()}}


def at_fault(problems: Iterable[FieldProblem]) -> list[dict[str, str]]:
    """Each problem with the label of its field and where on the page that is; among seventy, a message names none."""
    heads = {"first_day": ("First day", "first-day"), "last_day": ("Last day", "last-day"), "reason": ("Why", "reason")}
    rows = []
    for problem in problems:
        name = problem.pointer.removeprefix("/values/").removeprefix("/").split("/")[0]
        label, at = heads.get(name, (LABELS.get(name, ""), f"mode-{name}"))
        rows.append({"label": label, "at": at if label else "", "message": problem.message})
    return rows


def _any_error(fields: Iterable[Mapping[str, Any]]) -> bool:
    return any(field["error"] for field in fields)


def _field(
    name: str,
    values: Mapping[str, Any],
    inherited: Inherited,
    typed: QueryDict | None,
    errors: Mapping[str, str],
) -> dict[str, Any]:
    shape = SHAPES[name]
    mode, text = _own(name, values)
    if typed is not None:
        mode, text = typed.get(f"mode-{name}", ""), typed.get(f"value-{name}", "")
    choices = [("yes", "Yes"), ("no", "No")] if shape.kind is Kind.YES_NO else [(HERE, "Decided here")]
    if shape.optional:
        choices.append((UNKNOWN, "Not known"))
    return {
        "name": name,
        "label": LABELS[name],
        "why": REASONS[name],
        "inherited": words.value(name, inherited.value),
        "source": inherited.source,
        "default": words.value(name, to_json({name: DEFAULTS[name]})[name]),
        "mode": mode,
        "text": text,
        "choices": [(INHERITED, "As inherited"), *choices],
        "typed": shape.kind is not Kind.YES_NO,
        "type": TYPES.get(shape.kind, "text"),
        "hint": HINTS.get(shape.kind, ""),
        "error": errors.get(f"/values/{name}", ""),
    }


def _own(name: str, values: Mapping[str, Any]) -> tuple[str, str]:
    if name not in values:
        return INHERITED, ""
    if values[name] is None:
        return UNKNOWN, ""
    text = to_text(name, values[name])
    return (text, "") if SHAPES[name].kind is Kind.YES_NO else (HERE, text)
