"""A letter of a case as PDF: the very words that were sent, with what they rest on and a digest to know them again by.

It names the case by its number, codes and dates; no client is named in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from reportlab.platypus import Flowable

from clawguard.ui import paper, words
from disputes.models import Message
from disputes.selectors.letters import Letter, digest_of

HEADINGS = {"notice": "Notice", "decision": "Decision"}
ENDS_A_SENTENCE = (".", ",", ":", ";", "!", "?")
LONGEST_HEADING = 60  # characters


def heading_of(row: Message) -> str:
    """What the letter is called: a decision that answers an appeal says so."""
    answers = row.decision is not None and getattr(row.decision, "answers_appeal", None) is not None
    return "Decision on your appeal" if answers else HEADINGS[row.kind]


def as_pdf(letter: Letter) -> bytes:
    """The same bytes for the same letter, whoever asks and whenever."""
    title = f"{heading_of(letter.row)}, {settings.NETWORK_NAME}"
    return paper.document(title, settings.NETWORK_NAME, _story(letter))


def _story(letter: Letter) -> Iterator[Flowable]:
    yield paper.heading(heading_of(letter.row))
    yield paper.text(f"{settings.NETWORK_NAME} · {letter.row.case.title}")
    yield paper.gap(6)
    yield paper.facts(_facts(letter))
    yield paper.gap(10)
    yield from _words(letter.words)
    yield paper.gap(16)
    yield paper.text(f"SHA-256 of these words: {digest_of(letter.words)}", paper.SMALL)
    known = "It was written into the audit log when the letter was sent; the same words always have the same one."
    yield paper.text(known, paper.SMALL)


def _facts(letter: Letter) -> Iterator[tuple[str, str]]:
    row, case = letter.row, letter.row.case
    zone = case.provider.time_zone
    yield "Case", str(case.pk)
    yield "To", f"{case.provider}, NPI {case.provider.npi}"
    yield "Dated", _in_zone(row.at, zone)
    yield "Delivered", _in_zone(row.delivered_at, zone) if row.delivered_at else "shown in the portal only"
    if row.decision is not None:
        yield "Clause", row.decision.clause


def _in_zone(at: dt.datetime, zone: str) -> str:
    return f"{words.moment(at, zone)} ({zone})"


def _words(said: str) -> Iterator[Flowable]:
    """Blocks between blank lines; the first line of a block is its heading where it looks like one."""
    for block in said.split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip()]
        if len(lines) > 1 and _is_heading(lines[0]):
            yield paper.part(lines.pop(0))
        for line in lines:
            yield paper.item(line[2:]) if line.startswith("- ") else paper.text(line)
        yield paper.gap(6)


def _is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and not line.startswith("- ") and not line.endswith(ENDS_A_SENTENCE)
