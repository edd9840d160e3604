"""Procedure codes as dated values: time, parents, units and who may bill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clawguard.domain.codesets.procedure_rows import LADDERS, PARENTS, ROWS
from clawguard.domain.dated import includes

PROCEDURE_VERSION = "2026-11.4"
_RUNG = {code: rungs.split()[0] for rungs in LADDERS for code in rungs.split()}


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure code. Minutes are whole face-to-face minutes unless ``basis`` says otherwise.

    ``basis``: ``face`` face to face, ``day`` all minutes of that day, ``visit`` decision making or total time,
    ``total`` all work on it, ``talk`` medical discussion, ``month`` calendar month, ``state`` set by the state,
    ``None`` untimed. ``client``: ``in`` or ``out`` of the room, ``None`` where either is fine. ``ladder``: the shortest
    code of the same service, where its code is chosen by minutes.
    """

    code: str
    label: str
    kind: str
    add_on: bool
    basis: str | None
    least: int | None
    most: int | None
    unit_minutes: int | None
    setting: str
    client: str | None
    prescriber_only: bool
    who: str
    largest_group: int | None
    time_documented: bool
    daily_units: int | None
    unit_rule: int | None  # MAI: 1 per line, 2 per day absolute, 3 per day, reviewable
    first_day: dt.date | None
    last_day: dt.date | None
    parents: frozenset[str]
    ladder: str | None = None

    def valid_on(self, day: dt.date) -> bool:
        return includes(self.first_day, self.last_day, day)


def _number(text: str) -> int | None:
    return None if text == "-" else int(text)


def _day(text: str) -> dt.date | None:
    return None if text == "-" else dt.date.fromisoformat(text)


def _text(text: str) -> str | None:
    return None if text == "-" else text


def _read(row: str) -> Procedure:
    cells = row.split("|")
    code, label, kind, plus, basis, least, most, unit, setting, client, rx, who = cells[:12]
    group, timed, units, rule, first, last = cells[12:]
    return Procedure(
        code=code,
        label=label,
        kind=kind,
        add_on=plus == "+",
        basis=_text(basis),
        least=_number(least),
        most=_number(most),
        unit_minutes=_number(unit),
        setting=setting,
        client=_text(client),
        prescriber_only=rx == "Y",
        who=who,
        largest_group=_number(group),
        time_documented=timed in ("Y", "T"),
        daily_units=_number(units),
        unit_rule=_number(rule),
        first_day=_day(first),
        last_day=_day(last),
        parents=frozenset(PARENTS.get(code, "").split()),
        ladder=_RUNG.get(code),
    )


PROCEDURES: Mapping[str, Procedure] = MappingProxyType(
    {procedure.code: procedure for procedure in map(_read, ROWS.split("\n")[1:-1])}
)
