"""The policy's values about who may bill, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clawguard.domain.codesets.policy_choices import CodeNumbers, Codes, choice
from clawguard.domain.codesets.policy_frequency import FrequencyValues


@dataclass(frozen=True, slots=True)
class PeopleValues(FrequencyValues):
    """What payers and states decide differently about licences, enrollment and filing."""

    filing_days_in_states: CodeNumbers = choice(
        (), "Days to file a claim in a state, before the payer's", "Aetna 95 days in Texas, for one; none by default."
    )
    medicare_filing_year_from: dt.date | None = choice(
        dt.date(2010, 1, 1),
        "First day of service from which Medicare takes a claim for one calendar year",
        "42 CFR 424.44, changed by the Affordable Care Act. Days to file that somebody stated come before it.",
    )
    medicare_counsellors_from: dt.date | None = choice(
        dt.date(2024, 1, 1),
        "First day on which Medicare pays marriage and family therapists and counselors",
        "CMS: enrolled since 2024.",
    )
    testing_by_psychologists: bool = choice(
        True,
        "Testing is for psychologists and prescribers",
        "Most payers do not pay testing by other therapists; some contracts do.",
    )
    licence_in_client_state: bool = choice(
        True,
        "A license of the client's state is needed",
        "Where licenses are stated; telehealth counts where the client is.",
    )
    states_without_own_licence: Codes = choice(
        frozenset(),
        "States that accept another state's license",
        "Compacts such as PSYPACT differ by profession and date; none by default.",
    )
    new_client_years: int = choice(
        3, "Years after which a client counts as new again", "CMS Claims Processing Manual, chapter 12, 30.6.7."
    )
