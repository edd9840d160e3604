"""Whether something in a sentence is said of this client and this session, or denied, quoted, planned, or another's."""

from __future__ import annotations

import re
from functools import lru_cache

SAID, DENIED, QUOTED, PLANNED, ELSEWHERE = "said", "denied", "quoted", "planned", "elsewhere"

_DENIAL = re.compile(
    r"\b(?:no|not|never|none|denie[sd]|deny|denying|denial|without|negative for|absent|absence of|rules? out|"
    r"(?:do|does|did|is|was|are|were|has|have|had|would|could|can|wo)n't|cannot|neither|nor|lack of)\b|\(-\)|\bneg\b"
)
# Behind these a denial no longer reaches.
_BREAK = re.compile(
    r";|\bbut\b|\bhowever\b|\bthough\b|\balthough\b|\bexcept\b|, (?:then|and (?:said|used|found|then))\b|: "
    r"|\b(?:we|i) (?:also |then )?(?:did|used|worked|tried|began|started|went|practi[sc]ed|taught|made|built)\b"
)
_DENIED_AFTER = re.compile(
    r"^[^.;]{0,30}?(?:\s*(?:[:=-]\s*)?\[x\]\s*denied|\s*[:=-]\s*(?:none|no|denied|denies|negative|neg)\b"
    r"|\s+(?:is |are |was |were )?(?:both )?(?:denied|absent|negative)\b)"
    r"|^\s+(?:(?:is|are|was|were|has been|have been) )?(?:not|never) (?:yet )?"
    r"(?:started|begun|done|used|tried|attempted|introduced|practi[sc]ed|applied|possible)\b"
    r"|^\s+(?:wasn't|weren't|isn't) (?:yet )?(?:started|begun|done|used|tried|attempted|introduced|practi[sc]ed)\b"
)
_PLANNED = re.compile(
    r"\b(?:will (?:start|begin|try|use|introduce|consider|teach|do)|would like to|wants to try|some ?day|plans? to|"
    r"planning to|consider(?:ing)?|next (?:time|session|week|visit)|going to|intend to|in (?:the )?future|hope to|"
    r"discuss)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:previous|prior|last|former|old|another) "
    r"(?:therapist|counsell?or|clinician|provider|doctor|treatment|program)|used to|"
    r"in the past|years ago|as a child|history of|podcast|read about|heard (?:of|about))\b"
)
_VERB = re.compile(r"not|never|cannot|\w+n't")
_REACH_OF_A_VERB = 5  # words: "has not slept and cries"
_REACH_OF_A_LIST = 14  # words: "denies a, b, c and d"


def of(words: str, start: int, end: int) -> str:
    """The standing of ``words[start:end]`` within its folded sentence."""
    if _quoted(words, start):
        return QUOTED
    if _ELSEWHERE.search(words):
        return ELSEWHERE
    if denied(words, start, end):
        return DENIED
    planned = _PLANNED.search(words)
    return PLANNED if planned and planned.start() < end + 30 else SAID


def denied(words: str, start: int, end: int) -> bool:
    """Whether a denial reaches it: from before, up to a break, or right behind it ("SI: denied")."""
    before = words[:start]
    for found in reversed(list(_DENIAL.finditer(before))):
        between = before[found.end() :]
        if between.count('"') % 2:
            continue  # it stands in a quotation that ended before
        reach = _REACH_OF_A_VERB if _VERB.match(found.group()) else _REACH_OF_A_LIST
        if not _BREAK.search(between) and len(between.split()) <= reach:
            return not _turned(before[found.start() :])
    return bool(_DENIED_AFTER.match(words[end:]))


def _turned(words: str) -> bool:
    """ "not only", "no doubt", "without acting on" something that is there."""
    return bool(re.match(r"not only|no doubt|no longer denies|did not (?:only|just)|does not deny", words))


def _quoted(words: str, start: int) -> bool:
    return any(begin < start < stop for begin, stop in _quotes(words))


@lru_cache(maxsize=512)
def _quotes(words: str) -> tuple[tuple[int, int], ...]:
    marks = [index for index, c in enumerate(words) if c == '"']
    return tuple(zip(marks[::2], marks[1::2], strict=False))
