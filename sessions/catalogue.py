"""The catalogue of checks as people read it: search, filters, and each check's page from docs/checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import markdown
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from clawguard.domain.checks import ALL, CheckInfo
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.policies import LABELS, PolicyPeriod
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.dated import includes
from clawguard.domain.patterns import PATTERNS, PatternInfo
from clawguard.events.errors import NotFound
from sessions import check_pages

EXTENSIONS = ["tables", "sane_lists"]
Entry = CheckInfo | PatternInfo  # their ids are of one family
_EITHER: dict[str, Entry] = {**ALL, **PATTERNS}
ENTRIES: Mapping[str, Entry] = MappingProxyType({key: _EITHER[key] for key in sorted(_EITHER)})


def catalogue(
    table: ProcedureTable, text: str = "", category: str = "", severity: str = "", code: str = ""
) -> list[Entry]:
    """Checks and patterns in order of id. Every word of ``text`` must occur in id, title, summary, category or codes;
    with a ``code``, those that can concern a session that bills it."""
    words, billed = text.lower().split(), code.strip().upper()
    return [
        info
        for info in ENTRIES.values()
        if (not category or info.category == category)
        and (not severity or info.severity == severity)
        and (not billed or (codes := info.billed_in(table)) is None or billed in codes)
        and all(word in _searchable(info.id, table) for word in words)
    ]


def categories() -> list[str]:
    return sorted({info.category for info in ENTRIES.values()})


@lru_cache(maxsize=512)
def _searchable(check_id: str, table: ProcedureTable) -> str:
    info = ENTRIES[check_id]
    codes = " ".join(sorted(info.billed_in(table) or ()))
    return f"{info.id} {info.title} {info.summary} {info.category} {codes}".lower()


def get_check(check_id: str) -> CheckInfo:
    """A check, whose findings are of sessions and can be judged. Raises NotFound."""
    info = ALL.get(check_id.upper())
    if info is None:
        raise NotFound
    return info


def get_entry(check_id: str) -> Entry:
    """A check or a pattern. Raises NotFound."""
    info = ENTRIES.get(check_id.upper())
    if info is None:
        raise NotFound
    return info


class Choice(NamedTuple):
    """A policy value that bears on a check, as somebody decided it otherwise than usual."""

    label: str
    scope: str
    period: str
    value: str


def choices(check_id: str, tables: CodeTables, payer_id: str = "") -> list[Choice]:
    """What was decided differently for this check, by whom and from when; for one payer, or for all."""
    names = check_pages.policy_values(check_id)
    return [
        Choice(LABELS[name], _scope(period), _period(period), _value(period.changes[name]))
        for period in tables.policies.periods
        if (not payer_id or period.payer_id == payer_id) and _bears_on(check_id, period)
        for name in names
        if name in period.changes
    ]


def _bears_on(check_id: str, period: PolicyPeriod) -> bool:
    """A pattern looks at sessions of all payers together, so only what the network decided bears on it."""
    return check_id in ALL or not period.weight


def decided_differently(tables: CodeTables, payer_id: str, on: dt.date) -> set[str]:
    """The checks whose policy values a payer, or a plan of it, has of its own on a day."""
    changed = {
        name
        for period in tables.policies.periods
        if period.payer_id == payer_id and includes(period.first_day, period.last_day, on)
        for name in period.changes
    }
    return {check for check in ALL if changed.intersection(check_pages.policy_values(check))} if changed else set()


def _scope(period: PolicyPeriod) -> str:
    payer = f"payer {period.payer_id}" + (f", plan {period.plan}" if period.plan else "")
    return payer if period.payer_id else period.payer_kind.replace("_", " ") or "the network"


def _period(period: PolicyPeriod) -> str:
    return f"from {period.first_day}" + (f" to {period.last_day}" if period.last_day else "")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset | tuple | list):
        return ", ".join(sorted(str(each) for each in value)) or "none"
    return "not stated" if value is None else str(value)


class Part(NamedTuple):
    """One part of a page as it is drawn: heading, words, examples."""

    heading: str
    words: SafeString
    examples: list[check_pages.Shown]


def article(check_id: str, tables: CodeTables) -> list[Part]:
    """The check's page part by part, without its title; empty where nothing is written."""
    if check_id not in ENTRIES:
        return []
    return [
        Part(part.heading, _html(part.text), check_pages.examples(check_id, part.heading, tables))
        for part in check_pages.sections(check_id)
    ]


@lru_cache(maxsize=2048)
def _html(text: str) -> SafeString:
    """The pages are part of the source. They are escaped all the same, so that a stray tag shows as text."""
    safe = escape(text).replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'")
    return mark_safe(markdown.markdown(safe, extensions=EXTENSIONS))  # noqa: S308 — escaped above
