"""Which language a text is in, by its small words. English is read; another one is recognised and left to a person."""

from __future__ import annotations

import re
from collections import Counter

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
_CODES_OF: dict[str, list[str]] = {}
for _code, _small in _SMALL_WORDS.items():
    for _word in set(_small.split()):
        _CODES_OF.setdefault(_word, []).append(_code)
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_LATIN = re.compile(r"[a-z]+")


def of(low: str) -> str:
    """``en``, the code of another language, or ``unknown`` where there are too few words to tell."""
    foreign = len(_BEYOND_LATIN.findall(low))
    if foreign > 20 and foreign > sum(map(len, _LATIN.findall(low))):
        return "other"
    words = _WORD.findall(low[:6000])
    if len(words) < _LEAST_WORDS:
        return UNKNOWN
    counts = Counter(code for word in words for code in _CODES_OF.get(word, ()))
    best, most = max(counts.items(), key=lambda item: (item[1], item[0])) if counts else (ENGLISH, 0)
    if best != ENGLISH and most >= 2 * max(1, counts[ENGLISH]) and most >= len(words) / 8:
        return best
    return ENGLISH
