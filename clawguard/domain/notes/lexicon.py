"""Finding the phrases of the lexicon in one pass over the words of a note.

A phrase is one or more words; ``*`` at the end of a word stands for any ending. Words of a phrase follow each other
within one sentence, whatever stands between them but letters and digits ("self-harm" is "self harm").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from clawguard.domain.notes._table_lexicon import COMMON, LEXICON

_TOKEN = re.compile(r"[a-z\d]+(?:'[a-z]+)?")
_SHORTEST_STEM = 2

Rest = tuple[str, ...]
Entry = tuple[Rest, str]  # further words, category

_exact: dict[str, list[Entry]] = {}
_stems: dict[str, list[Entry]] = {}
_words: set[str] = set()
_all_stems: set[str] = set()


def _add(category: str, phrase: str) -> None:
    first, *rest = phrase.split()
    book, key = (_stems, first[:-1]) if first.endswith("*") else (_exact, first)
    book.setdefault(key, []).append((tuple(rest), category))
    for word in (first, *rest):
        (_all_stems if word.endswith("*") else _words).add(word.rstrip("*"))


for _category, _phrases in LEXICON.items():
    for _phrase in _phrases.split("\n"):
        if _phrase.strip():
            _add(_category, _phrase.strip())
_words.update(COMMON.splitlines())


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Words of a folded text with their positions; a possessive is the word itself."""
    for found in _TOKEN.finditer(text):
        word = found.group()
        yield (word[:-2] if word.endswith("'s") else word), found.start(), found.end()


@lru_cache(maxsize=20_000)
def entries(word: str) -> tuple[Entry, ...]:
    """Phrases that may begin with ``word``."""
    found = list(_exact.get(word, ()))
    for length in range(_SHORTEST_STEM, len(word) + 1):
        found += _stems.get(word[:length], ())
    return tuple(found)


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    return word in _words or any(word[:length] in _all_stems for length in range(3, len(word) + 1))


def same(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
