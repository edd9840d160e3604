"""Sections by their headings: SOAP, DAP, BIRP, GIRP, PIE or plain words, in many spellings, or none at all.

A heading stands at the start of a line or of a sentence, with a colon or a dash behind it, or alone on its line. Words
of a heading are the form's, not the writer's: they never count as something the note says.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from clawguard.domain.notes._table_headings import HEADINGS, LETTERS

HEADER = "header"
# A label of one line or sentence inside another section, which goes on behind it.
PASSING = frozenset({"logistics", "diagnosis", "risk", "participants", "topic", "goal", "prognosis", "mdm"})
_STOP = re.compile(r"(?<=\S)(?:[.;](?=\s)|\n)")
_NAMES = "|".join(sorted((re.escape(name) for name in HEADINGS), key=len, reverse=True))
_LEAD = r"(?:^|(?<=\n)|(?<=[.:!?;)\]] )|(?<=[.:!?;)\]]  ))[-*•·#>_ \t]{0,12}(?:\d{1,2}[.)][ \t]{0,4})?[*_]{0,2}"
_SHORT = re.compile(_LEAD + r"(?P<name>[sopdabirge])[ \t]*(?P<mark>[:>]|-(?=\s)|\)(?=\s))(?:\*{1,2}|_{1,2})?")
_LETTER = re.compile(r"[^\W_]")
_TITLE = re.compile(r"progress (?:n[o0]te|report|summary)s?\b")
_ALONE = re.compile(r"[ \t]*\n(?=[ \t]*\S)")
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|$)")
_SHORT_S = re.compile(r"(?:^|\n)[ \t*_]{0,4}s[*_]{0,2}[ \t]?[:>-]")
# A label of up to six words at the start of a line, and what its words point to (ours).
_LABELLED = re.compile(
    r"(?:^|(?<=\n))[-*•·#>_ \t]{0,6}(?:\d{1,2}[.)][ \t]{0,4})?(?P<name>[a-z][a-z/&',()+ -]{2,48}):(?=\s)"
)
# The same without a colon, alone on its line, in a note that has other headings so (``_BARE``: the line ends there).
_LINE_ALONE = re.compile(r"(?:^|(?<=\n))[#*_ \t]{0,6}(?P<name>[a-z][a-z/&',()+ -]{2,40}?)[*_]{0,2}[ \t]*(?=\n)")
_BARE = re.compile(r"(?<![:>|.-])[*_]{0,2}[ \t]*(?:\n|$)")
# Between signs, such as "== PSYCHOTHERAPY (9:12-9:30) ==".
_DECORATED = re.compile(
    r"(?:^|(?<=\n))[ \t]*[=*#~-]{2,}[ \t]*(?P<name>[a-z][^\n=*#~]{2,70}?)[ \t]*[=*#~-]{2,}[ \t]*(?=\n|$)"
)
_SO_HEADED = 2  # known headings alone on their lines that make a form (ours)
_QUESTION = re.compile(r"(?:^|(?<=\n))[#*_ \t]{0,6}(?P<name>[a-z][a-z0-9/&',()+ -]{3,60})\?[ \t]*(?=\n)")
_SO_ASKED = 3  # questions alone on their lines that make a form (ours)
_TELLING = (
    (
        "response",
        re.compile(
            r"\brespon(?:se|ses|ded|ds)\b(?! (?:prevention|cost))|\breact\w*|\breceptiv\w*|"
            r"^how (?:did )?(?:\w+ ){1,2}(?:took|react|respond|answer)\w*\b"
        ),
    ),
    (
        "intervention",
        re.compile(
            r"\binterventions?\b|\btechniques?\b|\bmethods?\b|\bmodalit\w+|"
            r"^what (?:(?:i|we) (?:did|tried|worked on)|was done)\b"
        ),
    ),
    ("necessity", re.compile(r"\bnecess\w+|\bneed\b|\bjustif\w+|\brationale\b|\bcontinued stay\b|^why\b")),
    (
        "progress",
        re.compile(
            r"\bprogress\b|\b(?:goal|objective) status\b|\bstatus of\b|^where (?:we|things|he|she|they) (?:are|"
            r"stands?)\b"
        ),
    ),
    (
        "goal",
        re.compile(
            r"\b(?:goals?|obj|objectives?|aims?|targets?)(?:/\w+)?(?: (?:\w+|we \w+))?"
            r"(?: (?:addressed|worked on|today))?$"
        ),
    ),
    ("risk", re.compile(r"\brisk\b|\bsafety\b")),
    (
        "mental_status",
        re.compile(r"\bmental (?:status|state)\b|\bmse\b|^how (?:he|she|they|client|pt) (?:seemed|looked|presented)\b"),
    ),
    (
        "psychotherapy",
        re.compile(r"\bpsychotherapy\b(?! (?:notes?|session|progress))|\btherapy (?:add-?on|part|portion|component)\b"),
    ),
    ("em", re.compile(r"\be/m\b|\bmed(?:ication)? management\b|\bevaluation and management\b")),
    ("function", re.compile(r"\bfunction\w*|\bimpair\w*|\bimpact\b")),
    (
        "subjective",
        re.compile(
            r"\bsymptoms?\b|\bcomplaints?\b|\bpresenting\b|\bself-report\b|^what (?:he|she|they|client|"
            r"pt) (?:brought|said|told|reported)\b"
        ),
    ),
    ("plan", re.compile(r"\bnext\b|\bfollow-?up\b|\bhomework\b|\bplans? for\b|\b(?:to do|to-do)\b")),
)
# Labels side by side with nothing behind them, "speech:    thought:", and a comment that nobody wrote.
_SOME_LABEL = r"[a-z][a-z\d/&'()#-]{0,20}(?: [a-z\d/&'()#-]{1,20}){0,4}:"
_LABEL_ALONE = re.compile(rf"(?<![\w/]){_SOME_LABEL}(?=[ \t]{{2,60}}{_SOME_LABEL}|[ \t]*$)")
_BESIDE_OTHERS = re.compile(
    rf"(?<=\s\s){_SOME_LABEL}(?=[ \t]*(?:\n|$))|(?<![\w/]){_SOME_LABEL}(?=[ \t]{{2,60}}{_SOME_LABEL})"
)
_SHORT_ANSWER = 60  # characters; "none" and the like are not longer
_SIGNED = re.compile(r"/s/|\b(?:co-?)?signed\b|signature")
_LABEL = re.compile(r"\s*+(?:[-*•]\s*+)?[a-z][\w /#()\"'<>.%-]{1,48}:")
_NOTHING = re.compile(
    r"^[\W_]*(?:none|n/?a|nil|nothing|not applicable|tbd|same|deferred|unknown|"
    r"(?:see|per|as per|refer to) (?:above|below|chart|isp|poc|(?:(?:tx|treatment|care) )?plan|last note|prior note)|"
    r"not (?:assessed|done|recorded|stated|documented|given))?[\W_]*$"
)


@functools.cache
def _long() -> re.Pattern[str]:
    """Headings in words. Hundreds of them: made by the first note that is read, not by every process that starts."""
    return re.compile(
        _LEAD + rf"(?P<name>{_NAMES})(?: note| section)?"
        r"(?:\s{0,2}\([^)\n]{0,40}\))?(?:\*{1,2}|_{1,2})?[ \t]{0,4}"
        r"(?:(?P<mark>[:>]|\|(?=\s)|-(?=\s)|\.(?=\s+[a-z0-9\"]))|(?P<column>(?<=\S)[ \t]{2,40}(?=[^\s:]))|(?=\n|"
        r"$))(?:\*{1,2}|_{1,2})?"
    )


@functools.cache
def _in_columns() -> re.Pattern[str]:
    """Labels side by side on one line, with a colon behind and blanks before each."""
    return re.compile(rf"(?<= {{3}})(?P<name>{_NAMES}):(?=\s)")


@dataclass(frozen=True, slots=True)
class Section:
    """``start`` to ``end`` is the content, after the heading that stands from ``head`` to ``start``."""

    name: str
    head: int
    start: int
    end: int
    short: bool = False


def find(low: str) -> tuple[Section, ...]:
    """All sections of a folded text in order; what precedes the first heading is the ``header``."""
    marks = [
        (found.start("name"), found.end(), HEADINGS[found.group("name")], False)
        for found in _long().finditer(low)
        if not _TITLE.match(low, found.start("name")) and (found["column"] is None or _opens_a_line(low, found))
    ]
    marks += [
        (found.start("name"), found.end(), HEADINGS[found["name"]], False) for found in _in_columns().finditer(low)
    ]
    marks += _by_their_words(low, marks)
    marks = _goals_apart(low, marks)
    letters = [(found.start("name"), found.end(), found.group("name"), True) for found in _SHORT.finditer(low)]
    names = {letter for _, _, letter, _ in letters}
    if len(names) >= 2:
        form = letters_form(names)
        marks += [(start, end, LETTERS[form].get(letter, "other"), True) for start, end, letter, _ in letters]
    marks.sort()
    found = [Section(HEADER, 0, 0, marks[0][0] if marks else len(low))]
    parent = HEADER
    for index, (head, start, name, short) in enumerate(marks):
        end = marks[index + 1][0] if index + 1 < len(marks) else len(low)
        start = min(start, end)
        if name not in PASSING:
            parent = name
            found.append(Section(name, head, start, end, short))
            continue
        stop = _first_sentence(low, start, end)
        found.append(Section(name, head, start, stop, short))
        if stop < end:
            found.append(Section(parent, stop, stop, end))
    return tuple(found)


def _first_sentence(low: str, start: int, end: int) -> int:
    """Where a passing label's answer ends: with its sentence or line; where the label stands alone on its line, with
    the paragraph below it."""
    alone = _ALONE.match(low, start, end)
    found = _BLANK_LINE.search(low, alone.end(), end) if alone else _STOP.search(low, start, end)
    return found.end() if found else end


def _opens_a_line(low: str, found: re.Match[str]) -> bool:
    """In a form a heading may have its answer in a column behind it, with nothing but blanks between."""
    return not low[low.rfind("\n", 0, found.start("name")) + 1 : found.start("name")].strip("-*•·#>_ \t")


def _by_their_words(low: str, marks: list[tuple[int, int, str, bool]]) -> list[tuple[int, int, str, bool]]:
    """Labels that are in no list, such as "Response to today's work:", by the words in them. Only at the start of a
    line, with a colon behind them or alone on it where other headings are, and where all words point to one section."""
    known = {start for start, *_ in marks}
    labels = list(_LABELLED.finditer(low))
    if sum(_BARE.match(low, start) is not None for _, start, *_ in marks) >= _SO_HEADED:
        labels += _LINE_ALONE.finditer(low)
    asked = list(_QUESTION.finditer(low))
    if len(asked) < _SO_ASKED:
        asked = []
    found = [(each.start("name"), each.end(), _only_name(each["name"]) or "other", False) for each in asked]
    for label in [*labels, *_DECORATED.finditer(low)]:
        if label.start("name") in known:
            continue
        name = _only_name(label["name"].partition("(")[0])
        if name:
            found.append((label.start("name"), label.end(), name, False))
    return found


def _only_name(words: str) -> str | None:
    """The one section that all words of a label point to."""
    names = {name for name, telling in _TELLING if telling.search(words)}
    return names.pop() if len(names) == 1 else None


def _goals_apart(low: str, marks: list[tuple[int, int, str, bool]]) -> list[tuple[int, int, str, bool]]:
    """ "Objective:" where nothing is headed subjective, assessment or data is the objective of the treatment plan."""
    names = {name for _, _, name, _ in marks}
    if names & {"subjective", "assessment", "data"} or _SHORT_S.search(low):
        return marks
    return [
        (start, end, "goal" if low[start:end].startswith(("objective:", "obj:")) else name, short)
        for start, end, name, short in marks
    ]


def letters_form(names: set[str]) -> str:
    """Which form one-letter headings belong to."""
    if {"s", "o"} <= names or {"s", "a"} <= names:
        return "SOAP"
    if {"d", "a"} <= names or {"d", "p"} <= names:
        return "DAP"
    if {"i", "e"} <= names:
        return "PIE"
    if {"g", "i"} <= names:
        return "GIRP"
    return "BIRP" if "b" in names or "r" in names else "SOAP"


def form(sections: tuple[Section, ...]) -> str:
    """The form of the note by the sections it has."""
    names = {section.name for section in sections} - {HEADER}
    if {"subjective", "objective"} <= names or {"subjective", "assessment"} <= names:
        return "SOAP"
    if "data" in names and names & {"assessment", "plan"}:
        return "DAP"
    if {"intervention", "response"} <= names:
        return "GIRP" if "goal" in names and "behavior" not in names else "BIRP"
    if {"intervention", "evaluation"} <= names:
        return "PIE"
    return "headings" if len(names) > 1 else "none"


def without_empty_labels(low: str) -> str:
    """Labels of a line that holds several, with nothing behind them, are the form's words: blanked."""
    return _BESIDE_OTHERS.sub(lambda found: " " * len(found.group()), low)


def says_something(content: str, section: Section | None = None) -> bool:
    """Whether a section holds more than "none", blanks or a signature; a form's field is empty where its line is."""
    lines = [_LABEL_ALONE.sub(" ", line) for line in content.split("\n") if not _SIGNED.search(line)]
    if section is not None and not section.short and len(lines) > 1 and not lines[0].strip() and _LABEL.match(lines[1]):
        return False
    said = "\n".join(lines).strip()
    return bool(_LETTER.search(said)) if len(said) > _SHORT_ANSWER else not _NOTHING.match(said)
