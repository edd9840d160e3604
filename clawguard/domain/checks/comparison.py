"""How the findings of two screenings of one session differ: what is new, what is gone, what says something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from clawguard.domain.checks.finding import Finding, Severity

# What a finding says beside its evidence, of a finding as of a row that keeps one: where one of these is another, what
# was told is no longer so. The version is not among them: a check that says the same again needs no telling.
telling = attrgetter("severity", "amount_at_risk", "party_if_confirmed", "message")


class Change(StrEnum):
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"  # same check and line; another severity, amount, party, message or evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding before and after; one of them is None unless it changed."""

    before: Finding | None
    after: Finding | None

    @property
    def change(self) -> Change:
        if self.before is None:
            return Change.NEW
        return Change.GONE if self.after is None else Change.CHANGED

    @property
    def finding(self) -> Finding:
        """The later one, or what is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a difference needs a finding")
        return found


def compare(before: Iterable[Finding], after: Iterable[Finding]) -> list[Difference]:
    """Differences in order of check and line. Several findings of one check and line are matched as alike as can be."""
    old, new = _by_place(before), _by_place(after)
    found = []
    for place in sorted(old.keys() | new.keys(), key=lambda place: (place[0], place[1] or 0)):
        found += _at_one_place(old.get(place, []), new.get(place, []))
    return found


def _at_one_place(before: list[Finding], after: list[Finding]) -> list[Difference]:
    left = list(before)
    fresh = []
    for finding in after:  # what says the same on both sides is no difference
        same = next((old for old in left if _says(old) == _says(finding)), None)
        if same is None:
            fresh.append(finding)
        else:
            left.remove(same)
    pairs = min(len(left), len(fresh))
    return [
        *(Difference(one, other) for one, other in zip(left[:pairs], fresh[:pairs], strict=True)),
        *(Difference(one, None) for one in left[pairs:]),
        *(Difference(None, other) for other in fresh[pairs:]),
    ]


def _by_place(findings: Iterable[Finding]) -> dict[tuple[str, int | None], list[Finding]]:
    places: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in findings:
        places.setdefault((finding.check, finding.service_line), []).append(finding)
    return places


def _says(finding: Finding) -> tuple[object, ...]:
    return telling(finding), finding.evidence


def opens_case(findings: Iterable[Finding]) -> bool:
    """Whether the policy would open a case at once: an error finding that no document can cure."""
    return any(finding.severity == Severity.ERROR and not finding.request_items for finding in findings)
