"""The corpus of invented notes: its files read into notes, what is asked of them, and the labels written by hand.

A file holds many notes. Each begins with ``=== id codes kind key=value …``, then labels (``missing: N20 N23``), then
``---`` and the text. What applies to the billed codes and is not labelled otherwise is labelled *met*; ``only:`` names
all that is met, everything else that applies is missing. ``RARELY`` is labelled only where a line says so.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from clawguard.domain.codesets.policy import Policy
from clawguard.domain.facts import ServiceLineFacts, SessionFacts
from clawguard.domain.notes import NoteAsk, NoteText

FOLDER = Path(__file__).parents[2] / "tests" / "domain" / "notes" / "corpus"
PARTS = ("tuning", "held_out")
HANDS = (
    "second_hand",
    "third_hand",
    "fourth_hand",
    "fifth_hand",
    "sixth_hand",
    "seventh_hand",
    "eighth_hand",
    "ninth_hand",
    "tenth_hand",
    "eleventh_hand",
    "twelfth_hand",
    "thirteenth_hand",
    "fourteenth_hand",
    "fifteenth_hand",
    "sixteenth_hand",
)  # by other writers, labelled before they were first read
DAY = dt.date(2026, 3, 18)
ZONE = ZoneInfo("America/New_York")
USUAL = {"90837": "14:00-14:55", "90834": "10:00-10:45", "90832": "09:00-09:30"}
VERDICTS = ("met", "missing", "contradicted", "unreadable", "unsure")
RARELY = frozenset(f"N{number:02}" for number in (5, 9, 21, *range(27, 31), *range(32, 35), *range(48, 59)))
# What a note that is to be locked away lacks. That others lack nothing here is labelled only where they look like it
LOCKED = {"psychotherapy_notes": "N56", "other_client": "N57", "other_dates": "N57"}
# What no text of a note can show; tried in ``tests/domain/notes/rows_beside.py`` and in the tests of ``notes``
BESIDE = ("N27", "N28", "N29", "N30", "N34", "N49", "N52", "N53", "N54", "N58")
HEADER = frozenset({"N01", "N02", "N03", "N04", "N05"})  # of a typed note they stand in the record


@dataclass(frozen=True)
class Labelled:
    """One note of the corpus. ``labels`` by element; ``others`` is what holds for elements without a label."""

    id: str
    text: NoteText
    ask: NoteAsk
    labels: dict[str, str]
    others: str
    quarantine: str | None


def notes(part: str) -> list[Labelled]:
    """All notes of a part or a hand. Raises FileNotFoundError outside a checkout."""
    found = [note for path in sorted((FOLDER / part).glob("*.txt")) for note in _file(path)]
    if not found:
        raise FileNotFoundError(f"no notes in {FOLDER / part}")
    return found


def expected(note: Labelled, element: str, applies: bool) -> str | None:
    """The label of an element, or None where nobody says anything about it."""
    if element in note.labels:
        return note.labels[element]
    if note.quarantine and element == LOCKED[note.quarantine]:
        return "contradicted"
    if note.quarantine or not applies or element in RARELY:
        return None
    if note.others == "missing" and element == "N59":
        return None  # so little is told that it could be any service
    return None if note.text.kind == "typed" and element in HEADER else note.others


def _file(path: Path) -> Iterator[Labelled]:
    for block in path.read_text(encoding="utf-8").split("\n=== "):
        head, _, text = block.removeprefix("=== ").partition("\n---\n")
        if text.strip():
            yield _note(head.split("\n"), text.rstrip("\n"))


def _note(lines: list[str], text: str) -> Labelled:
    identifier, codes, kind, *rest = shlex.split(lines[0])
    given = dict(each.split("=", 1) for each in rest)
    labels: dict[str, str] = {}
    others, quarantine = "met", None
    for line in lines[1:]:
        name, _, value = line.partition(":")
        if name in VERDICTS:
            labels |= dict.fromkeys(value.split(), name)
        elif name == "only":
            labels |= dict.fromkeys(value.split(), "met")
            others = "missing"
        elif name == "quarantine":
            quarantine = value.strip()
    legible = (float(given["legible"]),) if "legible" in given else ()
    pages = tuple(text.split("\n=page=\n"))
    return Labelled(identifier, NoteText(pages, kind, legible), _ask(codes, given), labels, others, quarantine)


def _ask(codes: str, given: dict[str, str]) -> NoteAsk:
    return NoteAsk(
        session=_session(codes.split(","), given),
        policy=Policy(clock_times_needed=True),
        client_names=(given.get("client", "Testa Mockingbird"),),
        provider_name=given.get("prov", "Dana Example, LCSW"),
        supervised=True if given.get("sup") else None,
        interpreter=True if given.get("interp") else None,
    )


def _session(codes: list[str], given: dict[str, str]) -> SessionFacts:
    begin, end = (
        dt.time.fromisoformat(f"{each:0>5}") for each in given.get("at", USUAL.get(codes[0], "13:00-14:00")).split("-")
    )
    last = DAY + dt.timedelta(days=end < begin)
    return SessionFacts(
        external_id="S-1",
        revision=1,
        provider_npi="1999999984",
        provider_license=given.get("lic", "LCSW"),
        provider_time_zone=ZONE.key,
        client_key="C-77",
        client_birth_date=dt.date.fromisoformat(given.get("born", "1991-04-11")),
        client_sex=None,
        client_state=given.get("cs", "NY"),
        payer_id="60054",
        payer_kind="commercial",
        date_of_service=DAY,
        start=dt.datetime.combine(DAY, begin, ZONE),
        end=dt.datetime.combine(last, end, ZONE),
        minutes=None,
        place_of_service=given.get("pos", "11"),
        telehealth=given.get("tele", "none"),
        service_lines=tuple(ServiceLineFacts(number, code) for number, code in enumerate(codes, start=1)),
        diagnoses=(given.get("dx", "F33.1").replace(".", ""),),
        group_size=int(given["group"]) if "group" in given else None,
    )
