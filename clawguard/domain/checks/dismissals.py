"""Why a finding may be dismissed: a short list to choose from, so that each check can learn from the answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DismissalReason:
    """``about`` names the checks it is offered for, by id or by the beginning of an id; empty means all.

    ``against`` says whether a dismissal for this reason speaks against the check: the finding did not hold. Where it is
    false the check saw rightly and something else settled the matter, so its precision is not touched.
    """

    code: str
    label: str
    against: bool
    about: tuple[str, ...] = ()
    needs_words: bool = False

    def fits(self, check_id: str) -> bool:
        return not self.about or check_id.startswith(self.about)


OTHER = "other"
REASONS = (
    DismissalReason(
        "unrelated_conditions", "The conditions are unrelated, and the record says so", against=True, about=("CG305",)
    ),
    DismissalReason(
        "separate_services",
        "Separate services at separate times",
        against=True,
        about=("CG2", "CG601", "CG602", "CG603"),
    ),
    DismissalReason("record_supports", "The record supports what was billed", against=True),
    DismissalReason("payer_allows", "The payer allows it, by contract or in writing", against=True),
    DismissalReason("check_mistaken", "The check is mistaken here", against=True),
    DismissalReason("corrected", "Corrected on the claim already", against=False),
    DismissalReason("submitted_wrong", "What reached us was mistaken; the claim is right", against=False),
    DismissalReason("told_already", "Another finding says it already", against=False),
    DismissalReason("accepted_for_now", "Known, and accepted for now", against=False),
    DismissalReason(OTHER, "Another reason, in words", against=True, needs_words=True),
)
BY_CODE = {reason.code: reason for reason in REASONS}
AGAINST = frozenset(reason.code for reason in REASONS if reason.against)


def offered(check_id: str) -> tuple[DismissalReason, ...]:
    """The reasons a finding of this check may be dismissed for, those made for it first."""
    return tuple(reason for reason in REASONS if reason.fits(check_id))
