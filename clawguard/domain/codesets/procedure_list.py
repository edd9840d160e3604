"""The table of procedure codes as a file of ours: its columns, what they may hold, and the values they stand for.

There is no column for the descriptors of CPT, which are the AMA's; ``label`` is our own, or the operator's own, words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from clawguard.domain.codesets import list_cells as cells
from clawguard.domain.codesets.lists import Cells, Column, ListFormat, ListKind, as_text, digest
from clawguard.domain.codesets.pairs import CORE_TABLE
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.codesets.procedures import PROCEDURE_VERSION, PROCEDURES, Procedure

_KINDS = """
aba bhi_month biofeedback_psych cocm_month crisis crisis_add_on deleted device diagnostic_eval em_est em_new family
follow_up_contact group hbai hbai_add_on interactive_complexity multi_family_group non_face_to_face other pharm_add_on
phone_em phone_nonphysician php_group prolonged_em psychoanalysis safety_planning sbirt screening state telemedicine_em
testing testing_add_on therapy therapy_add_on unlisted virtual_check_in
"""
KINDS = frozenset(_KINDS.split())
BASES = frozenset(["face", "day", "visit", "total", "talk", "month", "state"])
SETTINGS = frozenset(["individual", "family", "group", "program"])
WHO = frozenset(["any", "rx", "rxpsy", "testing", "bcba", "rbt", "state"])
_DAY_MINUTES, _UNITS = 1440, 999
_minutes, _units = cells.number(1, _DAY_MINUTES), cells.number(0, _UNITS)

COLUMNS = (
    Column("code", cells.code, "the procedure code"),
    Column("label", cells.label, "your own words for it, up to 80 characters; no descriptor of the AMA"),
    Column("kind", cells.one_of(KINDS), "the kind of service, which decides which rules look at it"),
    Column("add_on", cells.yes_or_no, "whether it is added to another code"),
    Column(
        "time_basis",
        cells.one_of(BASES, may_be_empty=True),
        "what its minutes are: face to face, all of the day, the visit's, all work on it (total), medical talk, a "
        "calendar month's, set by the state; nothing where it has no time",
    ),
    Column("least_minutes", _minutes, "from how many minutes on it may be billed"),
    Column("most_minutes", _minutes, "up to how many minutes it covers"),
    Column("unit_minutes", _minutes, "minutes of one unit, where units count time"),
    Column("setting", cells.one_of(SETTINGS), "with whom it is done"),
    Column("client", cells.one_of(("in", "out"), may_be_empty=True), "client in or out of the room; nothing: either"),
    Column("prescriber_only", cells.yes_or_no, "whether only prescribers bill it"),
    Column("who", cells.one_of(WHO), "who may bill it"),
    Column("largest_group", cells.number(2, 99), "the most clients of a group"),
    Column("time_documented", cells.yes_or_no, "whether the note must state its time"),
    Column("units_a_day", _units, "our core fact of how many units a day allows; 0: not paid apart"),
    Column("unit_rule", cells.number(1, 3), "1 per line, 2 per day and absolute, 3 per day and reviewable"),
    Column("valid_from", cells.day, "first date of service; nothing: as long as anybody asks"),
    Column("valid_to", cells.day, "last date of service; nothing: still valid"),
    Column(
        "main_codes",
        cells.codes,
        "for an add-on: the codes one of which must stand beside it, on the days on which that one is valid",
    ),
    Column("ladder", cells.code_or_nothing, "the shortest code of the same service, where minutes choose the code"),
)


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from cells.period_faults(row)
    if row["least_minutes"] and row["most_minutes"] and int(row["least_minutes"]) > int(row["most_minutes"]):
        yield "most_minutes", "It is less than least_minutes."
    if bool(row["units_a_day"]) != bool(row["unit_rule"]):
        yield "unit_rule", "units_a_day and unit_rule belong together: state both or neither."
    if row["main_codes"] and row["add_on"] != "yes":
        yield "main_codes", "Only an add-on has main codes; say yes under add_on, or leave this empty."
    if row["code"] in row["main_codes"].split():
        yield "main_codes", "A code cannot be its own main code."


def _across(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    """A ladder is named by its shortest code, which must be there and be of the same ladder."""
    named = {row[0]: row[-1] for row in rows}
    for number, row in enumerate(rows):
        if row[-1] and named.get(row[-1]) != row[-1]:
            yield number, "ladder", f"{row[-1]} is no code of this table that names itself as its ladder."


FORMAT = ListFormat(ListKind.PROCEDURES, COLUMNS, _faults, across=_across)


def _number(text: str) -> int | None:
    return int(text) if text else None


def procedure_of(row: Cells) -> Procedure:
    """What a row that ``FORMAT`` has read stands for."""
    given = dict(zip(FORMAT.names, row, strict=True))
    return Procedure(
        code=given["code"],
        label=given["label"],
        kind=given["kind"],
        add_on=given["add_on"] == "yes",
        basis=given["time_basis"] or None,
        least=_number(given["least_minutes"]),
        most=_number(given["most_minutes"]),
        unit_minutes=_number(given["unit_minutes"]),
        setting=given["setting"],
        client=given["client"] or None,
        prescriber_only=given["prescriber_only"] == "yes",
        who=given["who"],
        largest_group=_number(given["largest_group"]),
        time_documented=given["time_documented"] == "yes",
        daily_units=_number(given["units_a_day"]),
        unit_rule=_number(given["unit_rule"]),
        first_day=cells.as_day(given["valid_from"]),
        last_day=cells.as_day(given["valid_to"]),
        parents=frozenset(given["main_codes"].split()),
        ladder=given["ladder"] or None,
    )


def row_of(procedure: Procedure) -> Cells:
    """The reverse of ``procedure_of``."""
    values = (
        procedure.code,
        procedure.label,
        procedure.kind,
        procedure.add_on,
        procedure.basis,
        procedure.least,
        procedure.most,
        procedure.unit_minutes,
        procedure.setting,
        procedure.client,
        procedure.prescriber_only,
        procedure.who,
        procedure.largest_group,
        procedure.time_documented,
        procedure.daily_units,
        procedure.unit_rule,
        procedure.first_day,
        procedure.last_day,
        " ".join(sorted(procedure.parents)),
        procedure.ladder,
    )
    return tuple(_cell(value) for value in values)


def _cell(value: str | bool | int | dt.date | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def table_of(rows: Iterable[Cells], version: str, name: str, core_name: str) -> ProcedureTable:
    procedures = {procedure.code: procedure for procedure in map(procedure_of, rows)}
    return ProcedureTable(version, name, core_name, MappingProxyType(procedures))


PACKAGED_TEXT = as_text(FORMAT, map(row_of, PROCEDURES.values()))
PACKAGED = ProcedureTable(digest(PACKAGED_TEXT), f"procedures {PROCEDURE_VERSION}", CORE_TABLE, PROCEDURES)
