"""Wordings in the voice of the policy: to begin a message to a provider with, and of the letters of a case.

A wording has five parts, always in the same order: what was seen, which source says so, what to do, by when, and what
happens otherwise. ``{name}`` stands for what the case knows; only the names of ``PLACEHOLDERS`` exist. A letter is sent
by itself, so it takes only what every case knows, and leaves out nothing that its shipped words fill in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clawguard.domain import _table_letters as letters
from clawguard.domain import _table_message_templates as table

LONGEST_TITLE = 80  # characters
LONGEST_PART = 1500


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    label: str
    hint: str


PARTS = (
    Part("seen", "What was seen", "The facts, as the session or the record shows them; nobody is accused."),
    Part("source", "Which source says so", "The rule, record or document, so that it can be looked up."),
    Part("ask", "What to do", "One thing at a time; say plainly when there is nothing to do."),
    Part("by", "By when", "A date by a placeholder, so that it is right in every case."),
    Part("otherwise", "What happens otherwise", "What follows if nothing comes, and whom to ask."),
)
PLACEHOLDERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {name: (meaning, example) for name, meaning, example in table.PLACEHOLDERS}
)
# An unclosed or empty brace is caught as well: it was meant to be a placeholder.
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
# Words that judge. Each is matched as a whole word, whatever its case.
_HARSH = re.compile(rf"\b(?:{'|'.join(table.HARSH)})\b", re.IGNORECASE)
_UNKNOWN_YET = re.compile(r"\[([a-z_]+): not known yet\]")


@dataclass(frozen=True, slots=True)
class Wording:
    """``name`` is how programs call it; ``used_when`` says to staff what it is for; ``parts`` has each of PARTS."""

    name: str
    title: str
    used_when: str
    parts: Mapping[str, str]

    @property
    def is_letter(self) -> bool:
        """Whether a letter is written with it; all others begin messages."""
        return self.name in LETTERS


@dataclass(frozen=True, slots=True)
class Fault:
    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Filled:
    """``unknown``: placeholders for which the case has nothing yet; the text says so where they stand."""

    text: str
    unknown: tuple[str, ...]


def shipped() -> Mapping[str, Wording]:
    """The wordings that come with the product, by name, in the order they are offered."""
    return _SHIPPED


def _build() -> Mapping[str, Wording]:
    names = [part.name for part in PARTS]
    rows = (
        Wording(name, title, used_when, MappingProxyType(dict(zip(names, parts, strict=True))))
        for name, title, used_when, parts in (*table.ROWS, *letters.ROWS)
    )
    return MappingProxyType({row.name: row for row in rows})


_SHIPPED = _build()
NOTICE = letters.NOTICE
LETTERS = frozenset(name for name, *_rest in letters.ROWS)
SHIPPED_VERSION = f"shipped {table.VERSION}"


def placeholders_of(name: str) -> Mapping[str, tuple[str, str]]:
    """What the wording of this name can fill in: each placeholder with its meaning and an example."""
    if name not in LETTERS:
        return PLACEHOLDERS
    return {known: about for known, about in PLACEHOLDERS.items() if known in {*letters.ALWAYS_KNOWN, *needs(name)}}


def needs(name: str) -> Mapping[str, str]:
    """The placeholders a letter cannot do without, each with the part in which it is shipped; of a message none."""
    if name not in LETTERS:
        return {}
    shipped_in: dict[str, str] = {}
    for part in PARTS:
        for placeholder in _PLACEHOLDER.findall(_SHIPPED[name].parts[part.name]):
            if placeholder not in letters.ALWAYS_KNOWN:
                shipped_in.setdefault(placeholder, part.name)
    return shipped_in


def faults_of(title: str, used_when: str, parts: Mapping[str, str], name: str = "") -> list[Fault]:
    """Everything that keeps the wording ``name`` from being used, field by field; none where it can be."""
    found = [*_line("title", "a name", title, LONGEST_TITLE), *_line("used_when", "what it is for", used_when, 200)]
    known = placeholders_of(name)
    for part in PARTS:
        found += _of_part(part, parts.get(part.name, ""), known)
    said = {placeholder for words in parts.values() for placeholder in _PLACEHOLDER.findall(words)}
    for placeholder, where in needs(name).items():
        if placeholder not in said:
            about = PLACEHOLDERS[placeholder][0]
            yet = f"This letter has to tell {about}: put {{{placeholder}}} where it is said."
            found.append(Fault(where, "missing_placeholder", yet))
    return found


def _line(field: str, what: str, value: str, most: int) -> Iterable[Fault]:
    if not value or len(value) > most or not value.isprintable():
        yield Fault(field, "text", f"Give {what} of at most {most} characters on one line.")


def _of_part(part: Part, words: str, known: Collection[str]) -> Iterable[Fault]:
    if not words.strip():
        yield Fault(part.name, "missing", f"“{part.label}” is empty. Say it, even where it is short.")
    if len(words) > LONGEST_PART or "\0" in words:
        yield Fault(part.name, "too_long", f"“{part.label}” has at most {LONGEST_PART:,} characters.")
    for name in _PLACEHOLDER.findall(words):
        if name not in known:
            yield Fault(part.name, "unknown_placeholder", f"There is no placeholder {{{name}}} here. {_named(known)}")
    if _BRACE.search(_PLACEHOLDER.sub("", words)):
        yield Fault(
            part.name, "brace", f"“{part.label}” has a brace that stands alone. Placeholders look like {{case}}."
        )
    for harsh in _HARSH.findall(words):
        yield Fault(part.name, "harsh", f"“{harsh}” judges. Say what was seen instead.")


def _named(known: Collection[str]) -> str:
    return "Known are: " + ", ".join(f"{{{name}}}" for name in known) + "."


def fill(parts: Mapping[str, str], values: Mapping[str, str]) -> Filled:
    """The five parts as one text. Raises as ``fill_each``."""
    said, unknown = fill_each(parts, values)
    return Filled("\n\n".join(said.values()), unknown)


def fill_each(parts: Mapping[str, str], values: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each part by its name, in their order, and the placeholders for which there is no value yet. Placeholders are
    replaced once: what a value says is never read as one.

    Raises KeyError for a name that is not in PLACEHOLDERS; ``faults_of`` finds those before a wording is kept.
    """
    unknown: dict[str, None] = {}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in PLACEHOLDERS:
            raise KeyError(name)
        given = _plain(values.get(name, ""))
        if not given:
            unknown[name] = None
            return f"[{name}: not known yet]"
        return given

    said = {part.name: _PLACEHOLDER.sub(value, parts[part.name].strip()) for part in PARTS}
    return said, tuple(unknown)


def _plain(value: str) -> str:
    """Without control and direction characters, which could show other words than are stored."""
    return "".join(char for char in value if char == "\n" or char.isprintable()).strip()


def example(parts: Mapping[str, str]) -> str:
    """As it would read in an invented case."""
    return fill(parts, {name: shown for name, (_meaning, shown) in PLACEHOLDERS.items()}).text


def letter_of(party: str, outcome: str) -> str:
    """The name of the wording of a decision's letter: one per outcome, and one of its own for the network's errors."""
    return letters.NETWORK_ERROR if party == "network" else f"letter_{outcome}"


def left_open(text: str) -> tuple[str, ...]:
    """Names that a text about to be sent still calls not known yet."""
    return tuple(dict.fromkeys(name for name in _UNKNOWN_YET.findall(text) if name in PLACEHOLDERS))
