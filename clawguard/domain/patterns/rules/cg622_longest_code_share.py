"""How large the longest individual code is among the three, beside providers of the same licence and payers.

Source: APA Practice Organization on payers' letters about 90837, which named half against an average of 45.5 percent.
Twelve months; the interval is Wilson's at 95 percent, and its lower end is what is compared, so few sessions say
little. Peers are weighed by the provider's own mix of payers.
"""

from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import SHARE_LETTERS
from clawguard.domain.patterns.days import LONG, MIDDLE, SHORT
from clawguard.domain.patterns.period import MONTHS_BACK, Peers, Period, Tiers, months_on, tiers_of
from clawguard.domain.patterns.registry import PatternFinding, pattern
from clawguard.domain.proportions import share


@pattern(
    id="CG622",
    version=1,
    title="Mostly the longest therapy code",
    severity=Severity.INFO,
    source=SHARE_LETTERS,
    suggested_step="Look at a few notes for why the longer time was needed; a specialty often explains it.",
    thresholds=(
        "share_least_sessions",
        "share_noted_percent",
        "share_least_peers",
        "share_high_percent",
    ),
    codes=frozenset({SHORT, MIDDLE, LONG}),
    among_peers=True,
)
def longest_code_share(period: Period) -> Iterator[PatternFinding]:
    policy = period.policy
    first = months_on(period.month, -MONTHS_BACK)
    own = tiers_of(period.between(first, period.last_day))
    long, whole = sum(part for part, _ in own.values()), sum(total for _, total in own.values())
    if whole < policy.share_least_sessions:
        return
    low = int((share(long, whole, fewest=1).low or 0) * 100)
    if low < policy.share_noted_percent or long * 100 <= policy.share_noted_percent * whole:
        return
    usual, tenth = _usual(own, period.peers), _ninth_tenth(period.peers)
    enough = len(period.peers.shares) >= policy.share_least_peers
    high = enough and tenth is not None and low >= policy.share_high_percent and long * tenth[1] > tenth[0] * whole
    beside = (
        f"peers with the same payers: {usual} percent" if enough and usual is not None else "too few peers to compare"
    )
    yield longest_code_share.finding(
        period,
        f"{long} of {whole} individual sessions are 90837 (at least {low} percent at 95 percent confidence); {beside}.",
        {
            "long": long,
            "sessions": whole,
            "at_least_percent": low,
            "peers": len(period.peers.shares),
            "peers_percent": usual if enough else None,
            "peers_ninth_tenth_percent": tenth[0] * 100 // tenth[1] if enough and tenth else None,
        },
        severity=Severity.WARNING if high else None,
        first_day=first,
        code="90837",
    )


def _usual(own: Tiers, peers: Peers) -> int | None:
    """Percent of 90837 that peers would have with this provider's payers; None unless they have them all."""
    known = [(total, peers.by_kind.get(kind, (0, 0))) for kind, (_, total) in own.items()]
    if any(theirs[1] == 0 for _, theirs in known):
        return None
    whole = sum(total for total, _ in known)
    return round(sum(total * theirs[0] / theirs[1] for total, theirs in known) * 100 / whole)


def _ninth_tenth(peers: Peers) -> tuple[int, int] | None:
    """The share that nine of ten peers do not exceed, as part and whole (nearest rank)."""
    ranked = sorted(peers.shares, key=lambda share: (share[0] / share[1], share))
    return ranked[-(-9 * len(ranked) // 10) - 1] if ranked else None
