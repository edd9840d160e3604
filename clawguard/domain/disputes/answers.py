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
    "People weigh both sides and what each shows. Until they decided, nothing is charged or refunded.",
)
_CONCEDE = Choice(
    Answer.CONCEDE,
    "The client is right",
    "The client does not owe it, and what was paid is proposed to be refunded. It counts as your answer, and nothing "
    "else follows from it for you.",
)
_WAIVE = Choice(
    Answer.WAIVE,
    "I waive the fee this time",
    "The fee was due and you let it go. The client does not owe it; it is kept as an earlier waiver should it come up "
    "again. It counts as your answer.",
)
# What a client owes under their plan is not a provider's to waive; a fee of their own is.
ANSWERS: Mapping[str, tuple[Choice, ...]] = MappingProxyType(
    {"cancellation_fee": (_CONTEST, _CONCEDE, _WAIVE), "billing": (_CONTEST, _CONCEDE)}
)


def answers_for(kind: str) -> tuple[Choice, ...]:
    """The choices for a dispute of this kind, in the order they are offered."""
    return ANSWERS[kind]
