"""Texts made comparable without moving a character: every position stays what it was, so that evidence can be shown."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from clawguard.domain.notes.lexicon import is_known

_PLAIN = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
# Characters that text recognition mixes up inside numbers, times and dates.
_DIGITS = str.maketrans("oOlI|", "00111")
_NUMERIC = re.compile(r"\b[\doOlI|]{1,4}(?:[:/.][\doOlI|]{1,4}){1,2}\b")
_CODE = re.compile(r"\b(?P<letter>[fz])(?P<rest>[\dol|i]{2}\.[\dol|i]{1,3})\b")  # a diagnosis, "f43.l0"
_MIXED = re.compile(r"\b(?=[a-z|]*\d)(?=[\d|]*[a-z])[a-z\d|]{3,}\b")
_LETTERS = {"0": "o", "5": "s", "3": "e", "|": "l", "8": "b"}
# A box without a tick, and what stands behind it up to the next box, a column or a comment.
_OPTIONS = re.compile(
    r"(?:\[\s?\]|\(\s{1,3}\)|☐|□)"
    r"(?:(?!\s\s|\([\sx✓✔]{1,3}\)|\s(?:comments?|notes?|explain|describe|details?|if yes|specify):)[^\[\]☐☑☒□\n])*"
)
# Lines to tick, before what they are for: none is ticked, or one is ("_x_") and these are not.
_LINES_BEFORE = re.compile(r"(?:^|(?<=\n)|(?<=: ))[ \t]*+(?:_{1,5}[ \t]?(?![x✓✔]_)[a-z][^_\n:]*){2,}(?=\n|$)")
_TICKED_LINE = re.compile(r"(?<![a-z\d_])_{1,3}[x✓✔]_{1,3}(?![a-z\d_])")
_OPEN_LINE = re.compile(r"(?<![a-z\d_])_{1,5}(?![a-z\d_✓✔])[ \t]?[a-z][^_\n:]*?(?=\s\s|[ \t]_|\n|$)")
# A line to write on with nothing on it, and the words of the form before it: "wants to die __ / hurt self __".
_FILL_IN = re.compile(
    r"(?:^|(?<=[/,;|\n.])|(?<=_)(?=[ \t])|(?<=\s\s)|(?<=:\s))[ \t]{0,20}(?:[a-z#][a-z\d #'()&/-]{0,40})?:?"
    r"[ \t]{0,20}_{2,}+(?![a-z\d_✓✔])"
)
# What a form asks its writer to put in, still there: "[state why this level of care]", "<enter response>".
_PROMPT = re.compile(
    r"[\[<](?:please |briefly )?(?:add|choose|clinician to|describe|document|enter|explain|fill|if (?:any|applicable)|"
    r"include|insert|list|note|provide|select|specify|state|type|why)\b[^\]>\n]{0,160}[\]>]"
)
# A label whose field holds dashes, a line or boxes of which none is ticked. Behind thoughts of harm dashes may be a no,
# so they stay as they are.
_UNFILLED = re.compile(
    r"(?:^|(?<=\n))[^\S\n]*+(?:\[\w+\] )?(?![^:\n]{0,50}\b(?:si|hi|avh|sib)\b)[a-z][\w /'&()-]{2,48}:[^\S\n]*+"
    r"(?:--+|_{2,}|(?:(?:\[\s?\]|☐|□)[^\[\]☐☑☒□:\n]*)+)[^\S\n]*(?=\n|$)"
)


def folded(text: str) -> str:
    """Lower case with plain quotes and dashes; as long as ``text``."""
    plain = text.translate(_PLAIN)
    low = plain.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def mended(text: str) -> str:
    """Slips of text recognition undone where a digit stands in a word or a letter in a number; as long as ``text``."""
    text = _NUMERIC.sub(lambda found: _number(found.group()), text)
    text = _CODE.sub(lambda found: found["letter"] + _number(found["rest"]), text)
    return _MIXED.sub(lambda found: _word(found.group()), text)


def without_open_fields(text: str) -> str:
    """Check boxes that were not ticked, fields that nobody filled and the form's own instructions say nothing: they
    become blanks."""
    if _TICKED_LINE.search(text):
        lines = text.split("\n")
        text = "\n".join(_OPEN_LINE.sub(_blanks, line) if _TICKED_LINE.search(line) else line for line in lines)
    for nothing in (_UNFILLED, _OPTIONS, _PROMPT, _LINES_BEFORE, _FILL_IN):
        text = nothing.sub(_blanks, text)
    return text


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _number(text: str) -> str:
    return text.translate(_DIGITS) if any(c.isdigit() for c in text) else text


@lru_cache(maxsize=4096)
def _word(word: str) -> str:
    letters = sum(c.isalpha() for c in word)
    if letters < 2 or letters < len(word) / 2 or is_known(word):
        return word
    base = "".join(_LETTERS.get(c, c) for c in word)
    places = [index for index, c in enumerate(base) if c == "1"]
    if len(places) > 3:
        return word
    tried = []
    for letters_put in product("il", repeat=len(places)):
        chars = list(base)
        for index, letter in zip(places, letters_put, strict=True):
            chars[index] = letter
        tried.append("".join(chars))
    return next((each for each in tried if is_known(each)), word)
