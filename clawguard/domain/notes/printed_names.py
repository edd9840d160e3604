"""Lines below a note that hold a name with its credentials and nothing else: no signature, and nothing that is told.

Source: CMS Program Integrity Manual, chapter 3, section 3.3.2.4: a typed name alone does not authenticate an entry.
"""

from __future__ import annotations

import re

from clawguard.domain.notes.folding import folded
from clawguard.domain.notes.signatures import kinds_on

LONGEST = 90  # characters of such a line, with its date, time and title (ours)
_MOST_WORDS = 9
_WHEN = re.compile(
    r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m?\b\.?)?|"
    r"\b[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}\b"
)
_LABEL = re.compile(
    r"^\W*(?:(?:rendering |treating )?(?:provider|clinician|therapist|counsell?or|psychologist)|(?:printed )?name|"
    r"author|(?:prepared|written|documented|completed|note) by)\s*:\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s,;|()~]+")
_CAPITALISED = re.compile(r"[A-Z][\w.'-]*|[-\u2013]+")
_LOWER = re.compile(r"\W*[a-z.'-]+ (?:[a-z.'-]+ ){0,2}[a-z.'-]+, ?[a-z-]{3,8}\W*")
_CLOSING = re.compile(
    r"/s/|\bsign|\bco-?sign|supervis|\bauthenticated\b|\bpage \d|\b(?:npi|lic(?:ense)?)\b|^\W*(?:date|time)\b"
)
_BEGINS = re.compile(r"(?:^|(?<=[.!?)\"'] )|(?<=\s\s))(?=\S)")


def is_one(line: str) -> bool:
    """Whether a line is a name with credentials, perhaps with a label, a title, a date and a time, and nothing else."""
    if len(line) > LONGEST or not kinds_on(line):
        return False
    bare = _WHEN.sub(" ", _LABEL.sub("", line)).strip()
    words = _WORD.findall(bare)
    if line.islower():
        return bool(_LOWER.fullmatch(bare))
    named = [word for word in words if re.fullmatch(r"[A-Z][a-z]+[\w'-]*", word)]
    return bool(named) and len(words) <= _MOST_WORDS and all(_CAPITALISED.fullmatch(word) for word in words)


def before_them(text: str, start: int, end: int) -> int:
    """Where ``text[start:end]`` ends when the lines at its end that are names, dates or signatures are left out."""
    while end > start:
        begin = max(text.rfind("\n", start, end) + 1, start)
        line = text[begin:end]
        if line.strip() and not is_one(line) and not _closes(line):
            break
        end = max(begin - 1, start)
    return end


def of_provider(text: str, provider: str | None) -> tuple[int, int] | None:
    """The provider's printed name at the end of a note: on a line of its own or as its last sentence."""
    if not provider:
        return None
    last = provider.split(",")[0].split()[-1:]
    end = len(text)
    while end > 0 and last:
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end].rstrip()
        ends = max(0, len(line) - LONGEST)
        for found in _BEGINS.finditer(line, ends):
            name = line[found.start() :]
            if is_one(name) and last[0].lower() in folded(name):
                return begin + found.start(), begin + len(line)
        if line.strip() and not _closes(line) and not is_one(line):
            return None
        end = begin - 1
    return None


def _closes(line: str) -> bool:
    """A date, or what else stands below a note beside names."""
    left = _WHEN.sub(" ", line)
    return len(line) <= LONGEST and (not re.search(r"[A-Za-z]", left) or bool(_CLOSING.search(folded(line))))
