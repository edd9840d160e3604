"""Which column of a table holds which field: our names, the names people use, and what is wrong with a header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sessions.intake.readers.rows import RowProblem

# Field (its path in the JSON shape) → other column names that mean it, compared without case and punctuation.
FIELDS: dict[str, tuple[str, ...]] = {
    "external_id": ("session id", "session", "appointment id", "claim id"),
    "provider.npi": ("npi", "rendering npi", "rendering provider npi"),
    "provider.license": ("license", "credential", "credentials"),
    "provider.time_zone": ("time zone", "timezone"),
    "provider.name": ("provider", "rendering provider", "clinician"),
    "provider.email": ("email", "clinician email"),
    "client.external_id": ("client id", "patient id", "member id", "client"),
    "client.birth_date": ("birth date", "dob", "date of birth", "client dob"),
    "client.sex": ("sex", "gender"),
    "client.state": ("state", "patient state"),
    "payer.id": ("payor id", "insurance id"),
    "payer.name": ("payer", "payor", "insurance"),
    "payer.kind": ("plan type", "line of business"),
    "payer.plan": ("plan", "plan name", "plan id", "group number"),
    "date_of_service": ("dos", "service date", "session date", "date"),
    "start": ("start time", "started at"),
    "end": ("end time", "ended at", "stop"),
    "minutes": ("duration", "duration minutes", "length"),
    "place_of_service": ("pos", "place"),
    "telehealth": ("modality",),
    "lines": ("service lines",),
    "code": ("cpt", "cpt code", "procedure", "procedure code"),
    "modifiers": ("modifier", "mods"),
    "units": ("unit",),
    "charge": ("amount", "fee", "charge amount"),
    "diagnoses": ("diagnosis", "diagnosis codes", "dx", "icd10", "icd 10"),
    "client_present": ("client attended",),
    "client_location": ("location",),
    "group_size": ("participants",),
    "documented.crisis": ("crisis",),
    "documented.complexity_factor": ("complexity factor",),
    "confirmed_at": ("confirmed",),
    "contracted_rate": ("rate", "contract rate"),
}
REQUIRED = (
    "external_id", "provider.npi", "client.external_id", "payer.id", "date_of_service", "place_of_service",
)  # fmt: skip
ONE_LINE = ("code", "modifiers", "units", "charge")  # a table with one service per row, instead of `lines`


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


_MEANING = {_plain(name): field for field, others in FIELDS.items() for name in (field, *others)}


@dataclass(frozen=True, slots=True)
class Columns:
    """A usable header: field → index of its cell, JSON pointer → column name."""

    index: dict[str, int]
    names: dict[str, str]
    width: int


def suggest_mapping(headers: Sequence[str]) -> dict[str, str]:
    """Field → column, for every column whose name we understand; the first column wins where two mean the same."""
    mapping: dict[str, str] = {}
    for header in headers:
        field = _MEANING.get(_plain(header))
        if field is not None:
            mapping.setdefault(field, header)
    return mapping


def columns_of(headers: Sequence[str], mapping: Mapping[str, str] | None) -> tuple[Columns, list[RowProblem]]:
    """Columns by ``mapping`` (field → column name), else by their names, with every problem of the header.

    Without a mapping a column nobody knows is a problem; with one, what is not mapped was left out by choice.
    """
    names = [header.strip() for header in headers]
    problems = [
        RowProblem("header_duplicate", f"The column {_shown(name)} appears more than once.")
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    if mapping is None:
        mapping = suggest_mapping(names)
        chosen = set(mapping.values())
        for number, name in enumerate(names, 1):
            if not name:
                problems.append(RowProblem("header_empty", f"Column {number} has no name."))
            elif name not in chosen:
                message = (
                    f"The column {_shown(name)} is not known, or another column means the same; map it or drop it."
                )
                problems.append(RowProblem("header_unknown", message))
    problems += _mapping_problems(names, mapping)
    index = {field: names.index(name) for field, name in mapping.items() if field in FIELDS and name in names}
    pointers = {_pointer(field): names[position] for field, position in index.items()}
    return Columns(index, pointers, len(names)), problems


def _mapping_problems(names: list[str], mapping: Mapping[str, str]) -> list[RowProblem]:
    problems = []
    for field, name in mapping.items():
        if field not in FIELDS:
            problems.append(RowProblem("mapping_unknown", f"{_shown(field)} is not a field of a session."))
        elif name not in names:
            problems.append(RowProblem("mapping_missing", f"{field} is mapped to a column the file does not have."))
    for field in REQUIRED:
        if field not in mapping:
            problems.append(RowProblem("header_missing", f"No column holds {field}; it is required."))
    if "lines" not in mapping and "code" not in mapping:
        problems.append(RowProblem("header_missing", "No column holds the service lines (`lines` or `code`)."))
    if "lines" in mapping and any(field in mapping for field in ONE_LINE):
        problems.append(RowProblem("header_conflict", "Map either `lines` or `code` with its columns, not both."))
    return problems


def _shown(name: str) -> str:
    text = "".join(char if char.isprintable() else "?" for char in name[:60])
    return f'"{text}"'


def _pointer(field: str) -> str:
    if field in ("lines", "code"):
        return "/service_lines"
    if field in ONE_LINE:
        return f"/service_lines/0/{field}"
    return "/" + field.replace(".", "/")
