"""Who decided what from when: periods of changed policy values, and the policy they come to for a session.

The values themselves are in ``policy``. Values of a payer's plan come before those of the payer, these before those of
its kind (``medicare``, …), these before the network's, and all of them before the defaults.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clawguard.domain.codesets.policy import (
    DEFAULT,
    DEFAULTS,
    LABELS,
    POLICY_VERSION,
    REASONS,
    Policy,
    pair_name,
)
from clawguard.domain.codesets.policy_choices import CodeNumbers, Codes, choice
from clawguard.domain.dated import includes
from clawguard.domain.facts import SessionFacts

__all__ = [
    "DEFAULT",
    "DEFAULTS",
    "LABELS",
    "MOST_REMEMBERED",
    "NO_PERIODS",
    "POLICY_VERSION",
    "REASONS",
    "CodeNumbers",
    "Codes",
    "Policies",
    "Policy",
    "PolicyPeriod",
    "choice",
    "pair_name",
]

_Scope = tuple[str, str, str, dt.date]  # kind of payer, payer, plan, day

MOST_REMEMBERED = 100_000  # resolved policies kept per book; a day of every payer of a year fits easily


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
            includes(self.first_day, self.last_day, on)
            and self.payer_kind in ("", payer_kind)
            and self.payer_id in ("", payer_id)
            and self.plan in ("", plan)
        )


class Policies:
    """All periods, and the policy they come to for a session. Immutable but for what it remembers."""

    __slots__ = ("_numbers", "_resolved", "periods", "version")

    def __init__(self, periods: tuple[PolicyPeriod, ...] = ()) -> None:
        self.periods = tuple(sorted(periods, key=lambda period: period.weight))
        self.version = POLICY_VERSION if not periods else f"{POLICY_VERSION}.{_digest(self.periods)}"
        self._resolved: dict[_Scope, tuple[Policy, int]] = {}
        self._numbers: dict[Policy, int] = {}

    def on(self, payer_kind: str, payer_id: str, plan: str, day: dt.date) -> Policy:
        """What holds for a payer and plan on a day."""
        return self._resolve((payer_kind, payer_id, plan, day))[0] if self.periods else DEFAULT

    def of(self, session: SessionFacts) -> Policy:
        """What held for a session on its date of service."""
        if not self.periods:
            return DEFAULT
        return self._resolve(_scope(session))[0]

    def number_of(self, session: SessionFacts) -> int:
        """The same for sessions that are judged by the same values, whoever decided these and when."""
        return self._resolve(_scope(session))[1] if self.periods else 0

    def _resolve(self, scope: _Scope) -> tuple[Policy, int]:
        found = self._resolved.get(scope)
        if found is None:
            changes: dict[str, Any] = {}
            for period in self.periods:
                if period.holds(*scope):
                    changes.update(period.changes)
            policy = Policy(**{**DEFAULTS, **changes}) if changes else DEFAULT
            if len(self._resolved) >= MOST_REMEMBERED:
                self._resolved.clear()
            found = self._resolved[scope] = (policy, self._numbers.setdefault(policy, len(self._numbers)))
        return found


def _scope(session: SessionFacts) -> _Scope:
    return session.payer_kind, session.payer_id, session.payer_plan or "", session.date_of_service


def _digest(periods: tuple[PolicyPeriod, ...]) -> str:
    return hashlib.sha256("\n".join(sorted(map(_text, periods))).encode()).hexdigest()[:12]


def _text(period: PolicyPeriod) -> str:
    changes = [f"{name}={_value(value)}" for name, value in sorted(period.changes.items())]
    scope = (period.payer_kind, period.payer_id, period.plan, str(period.first_day), str(period.last_day))
    return "\x1f".join((*scope, *changes))


def _value(value: object) -> str:
    return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)


NO_PERIODS = Policies()
