"""The table of places of service as a file of ours: its columns and the values they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from clawguard.domain.codesets import list_cells as cells
from clawguard.domain.codesets.lists import Cells, Column, ListFormat, ListKind, as_text, digest
from clawguard.domain.codesets.places import PLACE_VERSION, PLACES, Place, PlaceTable

COLUMNS = (
    Column("place", cells.place, "the two digits; a spreadsheet's 2 is understood as 02"),
    Column("label", cells.label_or_nothing, "what it is, in your own words, as the end of *Place 21 is …*"),
    Column("telehealth", cells.yes_or_no, "whether it says that the session was remote"),
    Column("facility", cells.yes_or_no, "whether it is paid at the facility rate"),
    Column("valid_from", cells.day, "first date of service; nothing: as long as anybody asks"),
    Column("valid_to", cells.day, "last date of service; nothing: still valid"),
)


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    return cells.period_faults(row)


FORMAT = ListFormat(ListKind.PLACES, COLUMNS, _faults)


def place_of(row: Cells) -> Place:
    """What a row that ``FORMAT`` has read stands for."""
    code, label, telehealth, facility, first, last = row
    return Place(code, label, telehealth == "yes", facility == "yes", cells.as_day(first), cells.as_day(last))


def row_of(place: Place) -> Cells:
    """The reverse of ``place_of``."""
    flags = ("yes" if flag else "no" for flag in (place.telehealth, place.facility))
    return (place.code, place.label, *flags, _day(place.first_day), _day(place.last_day))


def _day(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def table_of(rows: Iterable[Cells], version: str, name: str) -> PlaceTable:
    return PlaceTable(version, name, MappingProxyType({place.code: place for place in map(place_of, rows)}))


PACKAGED_TEXT = as_text(FORMAT, map(row_of, PLACES.values()))
PACKAGED = PlaceTable(digest(PACKAGED_TEXT), f"places {PLACE_VERSION}", PLACES)
