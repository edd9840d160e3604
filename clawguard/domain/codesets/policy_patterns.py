"""The policy's values about patterns across sessions: thresholds of our own, or of published reviews."""

from __future__ import annotations

from dataclasses import dataclass, fields

from clawguard.domain.codesets.policy_choices import choice
from clawguard.domain.codesets.policy_people import PeopleValues


@dataclass(frozen=True, slots=True)
class PatternValues(PeopleValues):
    """From when a pattern over days, weeks or months is mentioned. None of them says that anything is wrong."""

    usual_sessions_a_day: int = choice(
        16, "Sessions of a day that are looked at above", "Our threshold; HHS-OIG 2019 saw 33 a day on average."
    )
    long_day_minutes: int = choice(
        12 * 60, "Minutes of sessions of a day that are looked at above", "HHS-OIG A-05-01-00068: twelve-hour days."
    )
    very_long_day_minutes: int = choice(
        16 * 60, "Minutes of sessions of a day that weigh as an error above", "Our threshold."
    )
    days_off_window: int = choice(90, "Days in which a day off is looked for", "Our threshold after HHS-OIG 2019.")
    days_worked_percent: int = choice(
        98,
        "Percent of those days with sessions that are looked at above",
        "HHS-OIG 2019: all but five days in two years.",
    )
    share_least_sessions: int = choice(
        30, "Fewest therapy sessions in twelve months to speak of a share", "Our threshold: fewer say nothing."
    )
    share_least_peers: int = choice(
        5, "Fewest providers of the same license to compare with", "Our threshold: fewer say nothing."
    )
    share_noted_percent: int = choice(
        50,
        "Percent of the longest code that is mentioned",
        "Payer letters of 2019 named 50 percent; the average was 45.5.",
    )
    share_high_percent: int = choice(
        80, "Percent of the longest code that is looked at, if peers are below", "Our threshold."
    )
    sessions_without_gap: int = choice(6, "Sessions in a row without a minute between them, mentioned above", "Ours.")
    exact_minute_percent: int = choice(90, "Percent of the longest code at one and the same minute", "Our threshold.")
    exact_minute_sessions: int = choice(20, "Fewest sessions a month to speak of one minute", "Our threshold.")
    night_from: int = choice(22, "Hour from which a session begins at night", "Our threshold; information only.")
    night_until: int = choice(6, "Hour until which a session begins at night", "Our threshold; information only.")
    sessions_a_week: int = choice(
        2, "Individual sessions of one client a week, looked at above", "AHDAM on payer letters."
    )
    weeks_of_frequency: int = choice(8, "Weeks in a row of that, looked at above", "Our threshold.")
    sessions_in_eight_months: int = choice(
        30, "Sessions of one client in eight months, looked at above", "Optum letters as reported by ProPublica."
    )
    patterns_shown_to_providers: bool = choice(
        False, "Providers see their own patterns", "The network decides when to show them; not by default."
    )


# A month is counted over the sessions of all payers, under the network's policy: a payer's would not be asked for.
NETWORK_ONLY = frozenset(made.name for made in fields(PatternValues)) - {made.name for made in fields(PeopleValues)}
