"""Which language a text is in, by its small words. English is read; another one is recognised and left to a person."""

from __future__ import annotations

import re

ENGLISH, UNKNOWN = "en", "unknown"
_LEAST_WORDS = 12
_SMALL_WORDS = {
    "en": "the and of to in is was with for that has her his she he they on at by as not from this client denies "
    "reports will next session goal weekly",
    "es": "el la los las de que y en un una es se no con por para su ha del al como esta más sesión trabajo",
    "pt": "o a os as de que e em um uma é se não com por para sua foi do da está dos das na no muito",
    "fr": "le la les des et en un une est que qui ne pas avec pour son sa elle il du au dans sur",
    "de": "der die das und ist nicht mit für sich sie er ein eine zu von den dem hat auf im",
    "it": "il la lo gli di che e un una è non con per si del della nel ha sono al",
    "ht": "li nan yo ki pou ak te pa sou yon mwen ap gen se",
    "vi": "và là của không có cho một được trong với người này khi",
    "tl": "ang ng sa na ay mga si at hindi siya ko niya para may",
}
_BOOKS = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def of(low: str) -> str:
    """``en``, the code of another language, or ``unknown`` where there are too few words to tell."""
    if sum(c.isalpha() and ord(c) > 0x250 for c in low) > max(20, sum(c.isascii() and c.isalpha() for c in low)):
        return "other"
    words = _WORD.findall(low[:6000])
    if len(words) < _LEAST_WORDS:
        return UNKNOWN
    counts = {code: sum(word in book for word in words) for code, book in _BOOKS.items()}
    best = max(counts, key=lambda code: counts[code])
    if best != ENGLISH and counts[best] >= 2 * max(1, counts[ENGLISH]) and counts[best] >= len(words) / 8:
        return best
    return ENGLISH
