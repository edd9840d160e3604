"""What a provider can answer to a dispute, and what each answer leads to, said before it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Answer(StrEnum):
    CONTEST = "contest"  # the fee should stand
    CONCEDE = "concede"  # the client is right
    WAIVE = "waive"  # the fee was due, and is let go


@dataclass(frozen=True, slots=True)
class Choice:
    answer: Answer
    label: str
    effect: str  # shown before it is chosen and once more before it is sent


_CONTEST = Choice(
    Answer.CONTEST,
    "The fee should stand",
    "People weigh both sides and what each shows, and decide whether it stands. No money moves here.",
)
_CONCEDE = Choice(
    Answer.CONCEDE,
    "The client is right",
    "The client will owe nothing: people can only record it as waived, or as refunded if it was paid. No money moves "
    "here. It counts as your answer; sent in time, nothing else follows from it for you.",
)
_WAIVE = Choice(
    Answer.WAIVE,
    "I waive the fee this time",
    "The fee was due and you let it go. The client will owe nothing: people can only record it as waived, or as "
    "refunded if it was paid. No money moves here. Should a fee for a session of this client with you be disputed "
    "again, this one is shown there as an earlier waiver. It counts as your answer; sent in time, nothing else follows "
    "from it for you.",
)
# What a client owes under their plan is not a provider's to waive; a fee of their own is.
ANSWERS: Mapping[str, tuple[Choice, ...]] = MappingProxyType(
    {"cancellation_fee": (_CONTEST, _CONCEDE, _WAIVE), "billing": (_CONTEST, _CONCEDE)}
)

OUTCOMES = ("upheld", "reduced", "waived", "refunded")
GIVEN_UP = ("waived", "refunded")  # the client owes nothing


def outcomes_after(answer: str) -> tuple[str, ...]:
    """How a dispute can end, by what the provider answered: what was given up stays given up, also when it came late.
    ``answer`` is empty while there is none."""
    return GIVEN_UP if answer in (Answer.CONCEDE, Answer.WAIVE) else OUTCOMES


def answers_for(kind: str) -> tuple[Choice, ...]:
    """The choices for a dispute of this kind, in the order they are offered."""
    return ANSWERS[kind]
