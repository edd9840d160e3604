"""The pages of docs/checks, taken apart: headings, words, and the examples with what the check says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings

from clawguard.domain.checks.examples import BESIDE, read
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.policies import LABELS
from clawguard.domain.notes.words import NAMES
from clawguard.domain.patterns import PATTERNS
from clawguard.domain.patterns.examples import MONTH, read_month, run_in_words

FOLDER = settings.BASE_DIR / "docs" / "checks"
EXAMPLES = {"Trips": "trips", "Passes": "passes"}  # the headings that hold examples, and what kind they are
CLOCK = re.compile(r"\d\d:\d\d(:\d\d)?-\d\d:\d\d(:\d\d)?")
BLOCK = re.compile(r"```json\n(.*?)\n```\n?", re.DOTALL)


class Section(NamedTuple):
    """One part of a page: its heading, its words as Markdown, its examples as fragments."""

    heading: str
    text: str
    fragments: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=512)
def sections(check_id: str) -> tuple[Section, ...]:
    """The parts of a page in order, without its title; none where nothing is written."""
    path = FOLDER / f"{check_id}.md"
    if not re.fullmatch(r"CG\d{3}", check_id) or not path.is_file():
        return ()
    title, *parts = path.read_text(encoding="utf-8").split("\n## ")
    opening = title.partition("\n")[2].strip()
    return (Section("", opening, ()), *(_section(part) for part in parts))


def _section(part: str) -> Section:
    heading, _, text = part.partition("\n")
    found = tuple(json.loads(block) for block in BLOCK.findall(text))
    return Section(heading, BLOCK.sub("", text).strip(), found)


def fragments(check_id: str, heading: str) -> tuple[Mapping[str, Any], ...]:
    return next((part.fragments for part in sections(check_id) if part.heading == heading), ())


CHOICES = "What may be decided differently"


def policy_values(check_id: str) -> tuple[str, ...]:
    """The values that a network or payer may decide differently for this check, as its page names them: under a
    heading of their own, or in one paragraph that begins with its words."""
    parts = sections(check_id)
    own = [part.text for part in parts if part.heading == CHOICES]
    within = [part.text.partition(f"{CHOICES}: ")[2].partition("\n\n")[0] for part in parts]
    named = re.findall(r"`([a-z]\w+)`", " ".join(own or within))
    return tuple(name for name in dict.fromkeys(named) if name in LABELS)


class Shown(NamedTuple):
    """An example for a reader: its sentence, its facts as label and words, the JSON, and what the check answers."""

    about: str
    rows: tuple[tuple[str, str], ...]
    json: str
    said: tuple[tuple[str, str], ...]  # for staff and for the provider


def examples(check_id: str, heading: str, tables: CodeTables) -> list[Shown]:
    """The examples under a heading, asked of the check itself with the tables in force."""
    return [_shown(check_id, fragment, tables) for fragment in fragments(check_id, heading)]


def _shown(check_id: str, fragment: Mapping[str, Any], tables: CodeTables) -> Shown:
    about, said = _asked(check_id, fragment, tables)
    rows = tuple((label, words) for label, words in _rows(fragment) if words)
    return Shown(about, rows, json.dumps(fragment, ensure_ascii=False, indent=2), said)


def _asked(check_id: str, fragment: Mapping[str, Any], tables: CodeTables) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What an example is about, and what the check or pattern says of it, to staff and to the provider."""
    if check_id in PATTERNS:
        month = read_month(fragment, tables.policies.on("", "", "", MONTH))
        words = PATTERNS[check_id].provider_message
        return month.about, tuple((found.message, words) for found in month.findings(check_id))
    example = read(fragment, tables)
    return example.about, tuple((found.message, found.provider_message) for found in example.findings(check_id))


LABELS_OF = {"lines": "Codes", "time": "Time", "minutes": "Minutes", "same_day": "The same day", "history": "Earlier"}


def _rows(fragment: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Facts of a fragment that differ from the innocent session, in the order they are written."""
    for name, value in fragment.items():
        if name == "about":
            continue
        label = LABELS_OF.get(name, name.replace("_", " ").capitalize())
        if name == "note":
            yield "Read in the note", ", ".join(f"{NAMES[each]}: {said.split('/')[0]}" for each, said in value.items())
        elif name in ("same_day", "history"):
            yield label, "; ".join(_inside(other) for other in value)
        elif name == "sessions":
            yield label, "; ".join(run_in_words(run) for run in value)
        else:
            yield label, _words(value)


def _inside(other: Mapping[str, Any]) -> str:
    parts = [f"{_plain(name)}{_words(value)}" for name, value in other.items() if name not in BESIDE]
    return ", ".join(parts) or "the same once more"


def _plain(name: str) -> str:
    return "" if name in ("lines", "time", "date_of_service") else f"{name.replace('_', ' ')} "


def _words(value: Any) -> str:
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_words(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(_words(each) for each in value) or "none"
    return str(value).replace("-", "–") if CLOCK.fullmatch(str(value)) else str(value)
