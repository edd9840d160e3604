"""The values a network or a payer may decide differently, each with a name for people and the reason for its default.

Where sources disagree, or a number is our own, the choice is one of these values; a check asks for the policy
that held for its session and carries no such number itself. Who decided what and from when is in ``policies``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from clawguard.domain.codesets.policy_choices import CodeNumbers, Codes, choice
from clawguard.domain.codesets.policy_patterns import PatternValues

POLICY_VERSION = "2026-11.10"  # of the defaults: raise it with every change below


@dataclass(frozen=True, slots=True)
class Policy(PatternValues):
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
    very_long_session_minutes: int = choice(
        240, "Minutes of one session that a person should look at", "Our threshold: four hours are paid as one unit."
    )
    least_evaluation_minutes: int = choice(
        16, "Fewest minutes of a diagnostic evaluation", "The code is untimed; Headway CPT guidance asks for 16."
    )
    least_therapy_minutes: int = choice(
        16, "Fewest minutes of therapy", "Novitas psychotherapy billing: no therapy code describes less."
    )
    safety_planning_by_midpoint: bool = choice(
        False,
        "A unit of safety planning counts once its middle is passed",
        "Each unit is 20 minutes; whether the middle is enough is not confirmed, so full units are the default.",
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
    therapy_units_a_day: int = choice(
        1,
        "Units of one therapy code a day outside partial hospitalization",
        "Novitas accepts one; the federal unit table has two. More than this is looked at.",
    )
    separate_modifiers: Codes = choice(
        frozenset({"59", "XE", "XU"}),
        "Modifiers that say a service was separate",
        "CMS NCCI names 59, XE, XP, XS and XU; XP means another practitioner and XS another part of the body.",
    )
    phone_call_after_visit_days: int = choice(
        7, "Days after a visit that a phone call still belongs to", "The definition of the phone codes, 98966 to 98968."
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
    one_audio_modifier: bool = choice(
        False,
        "Only one of the modifiers 93 and FQ is accepted",
        "Both say audio only; modifier lists let them stand together, some guidance makes them exclude each other.",
    )
    audio_codes: Codes | None = choice(
        None, "Codes accepted by phone", "Payers differ; unknown until stated. Empty: none is accepted."
    )
    closed_places: Codes = choice(
        frozenset({"09", "21", "34", "51", "55", "56", "62"}),
        "Places where outpatient sessions cannot take place",
        "Custody, hospice and stays paid by the day are outside an outpatient network's scope.",
    )
    reviewed_places: Codes = choice(
        frozenset({"03", "18", "19", "22", "23", "26", "31", "50", "52", "53", "57", "58", "72", "99"}),
        "Places that are mentioned",
        "Others may pay there first, or pay by encounter, bundle or facility; our selection.",
    )
    credential_modifiers_asked: bool | None = choice(
        None,
        "A modifier for the level of training is asked for",
        "HO, HN, HP, HM, AH, AJ and SA are sent only where a payer asks; unknown until stated.",
    )
    in_person_within_days: int | None = choice(
        None,
        "Days within which telehealth at home needs a session in person",
        "Sources on the Medicare date contradict each other (2025-10-01, 2026-01-30, 2027-12-31); off until stated.",
    )
    medicare_telehealth_places_from: dt.date | None = choice(
        dt.date(2017, 1, 1),
        "First day on which Medicare asks for a telehealth place",
        "CMS MLN Matters MM9726: place 02 since 2017; place 10 beside it since 2024.",
    )
    medicare_office_place_from: dt.date | None = choice(
        dt.date(2020, 3, 1),
        "First day on which Medicare took the place of a visit in person, with modifier 95, instead",
        "CMS rules of the public health emergency, from 1 March 2020.",
    )
    medicare_office_place_until: dt.date | None = choice(
        dt.date(2023, 12, 31),
        "Last day on which it did",
        "CMS Physician Fee Schedule 2024, as NGS Medicare tells it: ended with 2023.",
    )
    medicare_audio_modifier_from: dt.date | None = choice(
        dt.date(2024, 1, 1),
        "First day on which a session by phone without modifier 93 is an error at Medicare",
        "Before, rules for phone sessions changed several times in the emergency: to be looked at.",
    )
    # who and how
    confirm_within_days: int = choice(30, "Days to confirm a session", "Headway provider agreement updates.")
    filing_days: int | None = choice(
        None,
        "Days to file a claim",
        "Dated and different by payer: Medicare has a value of its own; for Cigna 90 or 180, Aetna 120 or 180, UHC 90 "
        "or 120 the sources contradict each other. Unknown until stated.",
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
    social_reason_first: bool = choice(
        False,
        "Family work may rest on a relationship code (Z63) listed first",
        "Guidelines make Z55 to Z65 secondary; some plans accept Z63 for family work by contract.",
    )
    plan_excluded_diagnoses: Codes = choice(
        frozenset(), "Diagnoses this plan does not cover", "Beginnings of codes, such as F52; set by plan."
    )
    remission_sessions: int = choice(
        4, "Sessions in four weeks that ask why, in full remission", "Our threshold: weekly therapy needs its reason."
    )
    adult_from_age: int = choice(
        18, "Age from which diagnoses and programs of childhood end", "Our reading of the codes' own names."
    )
    child_programme_to_age: int = choice(
        20, "Last age of a child and adolescent program", "States differ; Medicaid's early program reaches to 20."
    )
    # patterns
    overlap_error_minutes: int = choice(5, "Shared minutes from which an overlap is an error", "Our threshold.")

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
MOST: Mapping[str, int | None] = {entry.name: entry.metadata["most"] for entry in fields(Policy)}
DEFAULTS: Mapping[str, Any] = {entry.name: entry.default for entry in fields(Policy) if entry.default is not MISSING}


def pair_name(one: str, other: str) -> str:
    """The name of a pair of codes in ``pairs_allowed`` and ``pairs_refused``, whichever stands first."""
    return group_name((one, other))


def group_name(codes: Iterable[str]) -> str:
    """How codes that count together are written, whichever stands first."""
    return "+".join(sorted(codes))
