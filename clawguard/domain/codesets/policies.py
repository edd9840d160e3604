"""What a network or a payer may decide differently: named values, each with its reason, in force for a period.

Where sources disagree, the choice is one of these values; a check asks for the policy that held for its session and
never carries a number of its own. Values of a payer's plan come before those of the payer, these before those of its
kind (``medicare``, …), these before the network's, and all of them before the defaults below.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar

from clawguard.domain.facts import SessionFacts

T = TypeVar("T")
Codes = frozenset[str]
CodeNumbers = tuple[tuple[str, int], ...]  # sorted (code, number) pairs: hashable, unlike a dict

POLICY_VERSION = "2026-11"  # of the defaults: raise it with every change below
MOST_REMEMBERED = 100_000  # resolved policies kept per book; a day of every payer of a year fits easily


def choice(default: T, label: str, why: str) -> T:
    """A value with a name for people and the reason for its default; ``why`` names the source where there is one."""
    made: T = field(default=default, metadata={"label": label, "why": why})
    return made


@dataclass(frozen=True, slots=True)
class Policy:
    """Every value, resolved for one payer, plan and day. ``None`` means nobody has said: a check must not guess."""

    # time
    clock_times_needed: bool = choice(
        False,
        "Start and stop times are needed, a total is not enough",
        "Medicare contractors accept start and stop or a total; Headway and Oklahoma Medicaid want both times.",
    )
    long_session_minutes: int = choice(
        90,
        "Minutes of one session that are mentioned",
        "No code pays time beyond 53 minutes; above 90 it is looked at.",
    )
    least_evaluation_minutes: int = choice(
        16, "Fewest minutes of a diagnostic evaluation", "The code is untimed; Headway CPT guidance asks for 16."
    )
    # codes, pairs and units
    crisis_with_visit_blocked_from: dt.date | None = choice(
        dt.date(2023, 12, 18), "Crisis work beside an office visit not accepted from", "Headway CPT code changes."
    )
    testing_blocked_from: dt.date | None = choice(
        dt.date(2024, 4, 24), "Psychological testing not accepted from", "Headway CPT code changes."
    )
    blocked_codes: Codes = choice(frozenset(), "Codes that are not accepted", "None by default.")
    units_a_day: CodeNumbers = choice(
        (), "Most units of a code a day", "Stricter than the federal unit table where a payer says so; none by default."
    )
    pairs_allowed: Codes = choice(
        frozenset(), "Pairs of codes this payer pays together", "Written 90837+90853; none by default."
    )
    pairs_refused: Codes = choice(
        frozenset(), "Further pairs of codes never paid together", "Written 90837+90853; none by default."
    )
    # place and telehealth
    telehealth_places: Codes | None = choice(
        None, "Places for telehealth sessions", "Most payers follow 02 and 10; unknown until stated."
    )
    video_modifiers: Codes | None = choice(
        None,
        "Modifiers of a video session, any one is enough",
        "Payers differ; unknown until stated. Empty: none asked.",
    )
    audio_modifiers: Codes | None = choice(
        None,
        "Modifiers of a phone session, any one is enough",
        "Payers differ; unknown until stated. Empty: none asked.",
    )
    office_place_with_modifier: bool = choice(
        False, "Telehealth is billed at the office place with a modifier", "Some commercial payers still want place 11."
    )
    # who and how
    confirm_within_days: int = choice(30, "Days to confirm a session", "Headway provider agreement updates.")
    filing_days: int | None = choice(
        None,
        "Days to file a claim",
        "Payers and states differ, and sources contradict each other: unknown until stated.",
    )
    authorization_codes: Codes = choice(
        frozenset(), "Codes that need an authorization", "Set by plan; none by default."
    )
    largest_group: int = choice(12, "Most clients of a therapy group", "NGS Medicare on LCD L33632.")
    # diagnoses
    unspecified_after_sessions: int = choice(
        3, "Sessions after which an unspecified diagnosis is looked at", "Our threshold; fine at the evaluation."
    )
    unspecified_after_days: int = choice(90, "The same in days since the first session", "Our threshold.")
    # patterns
    overlap_error_minutes: int = choice(5, "Shared minutes from which an overlap is an error", "Our threshold.")
    long_day_minutes: int = choice(
        12 * 60, "Billed minutes of a day that are looked at", "HHS-OIG A-05-01-00068: twelve-hour days."
    )
    very_long_day_minutes: int = choice(16 * 60, "Billed minutes of a day that are an error", "Our threshold.")

    def units_limit(self, code: str) -> int | None:
        """The stricter limit of units of ``code`` a day, or None where nobody set one."""
        return dict(self.units_a_day).get(code)

    @property
    def telehealth_known(self) -> bool:
        """Whether anybody said what this payer asks of video sessions."""
        return self.video_modifiers is not None


DEFAULT = Policy()
LABELS: Mapping[str, str] = {entry.name: entry.metadata["label"] for entry in fields(Policy)}
REASONS: Mapping[str, str] = {entry.name: entry.metadata["why"] for entry in fields(Policy)}
DEFAULTS: Mapping[str, Any] = {entry.name: entry.default for entry in fields(Policy) if entry.default is not MISSING}


def pair_name(one: str, other: str) -> str:
    """The name of a pair of codes in ``pairs_allowed`` and ``pairs_refused``, whichever stands first."""
    return "+".join(sorted((one, other)))


@dataclass(frozen=True, slots=True)
class PolicyPeriod:
    """Changed values of one scope in one period, both days included; ``last_day`` None: until further notice.

    Exactly one scope: the whole network (all three empty), a kind of payer, a payer, or a payer's plan.
    """

    first_day: dt.date
    last_day: dt.date | None
    changes: Mapping[str, Any]  # names of Policy's values
    payer_kind: str = ""
    payer_id: str = ""
    plan: str = ""

    def __post_init__(self) -> None:
        unknown = sorted(self.changes.keys() - LABELS.keys())
        if unknown:
            raise ValueError(f"not values of a policy: {', '.join(unknown)}")
        if (self.payer_kind and self.payer_id) or (self.plan and not self.payer_id):
            raise ValueError("a period belongs to the network, to a kind of payer, to a payer, or to a payer's plan")

    @property
    def weight(self) -> int:
        """The narrower the scope, the later it is applied."""
        return 3 if self.plan else 2 if self.payer_id else 1 if self.payer_kind else 0

    def holds(self, payer_kind: str, payer_id: str, plan: str, on: dt.date) -> bool:
        return (
            self.first_day <= on
            and (self.last_day is None or on <= self.last_day)
            and self.payer_kind in ("", payer_kind)
            and self.payer_id in ("", payer_id)
            and self.plan in ("", plan)
        )


class Policies:
    """All periods, and the policy they come to for a session. Immutable but for what it remembers."""

    __slots__ = ("_resolved", "periods", "version")

    def __init__(self, periods: tuple[PolicyPeriod, ...] = ()) -> None:
        self.periods = tuple(sorted(periods, key=lambda period: period.weight))
        self.version = POLICY_VERSION if not periods else f"{POLICY_VERSION}.{_digest(self.periods)}"
        self._resolved: dict[tuple[str, str, str, dt.date], Policy] = {}

    def on(self, payer_kind: str, payer_id: str, plan: str, day: dt.date) -> Policy:
        """What holds for a payer and plan on a day."""
        if not self.periods:
            return DEFAULT
        key = (payer_kind, payer_id, plan, day)
        found = self._resolved.get(key)
        if found is None:
            changes: dict[str, Any] = {}
            for period in self.periods:
                if period.holds(*key):
                    changes.update(period.changes)
            found = Policy(**{**DEFAULTS, **changes}) if changes else DEFAULT
            if len(self._resolved) >= MOST_REMEMBERED:
                self._resolved.clear()
            self._resolved[key] = found
        return found

    def of(self, session: SessionFacts) -> Policy:
        """What held for a session on its date of service."""
        if not self.periods:
            return DEFAULT
        return self.on(session.payer_kind, session.payer_id, session.payer_plan or "", session.date_of_service)


def _digest(periods: tuple[PolicyPeriod, ...]) -> str:
    return hashlib.sha256("\n".join(sorted(map(_text, periods))).encode()).hexdigest()[:12]


def _text(period: PolicyPeriod) -> str:
    changes = [f"{name}={_value(value)}" for name, value in sorted(period.changes.items())]
    scope = (period.payer_kind, period.payer_id, period.plan, str(period.first_day), str(period.last_day))
    return "\x1f".join((*scope, *changes))


def _value(value: object) -> str:
    return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)


NO_PERIODS = Policies()
