from disputes.selectors.adjustments import adjustments_page, adjustments_updated, get_adjustment, get_adjustments
from disputes.selectors.cases import (
    cases_to_answer,
    cases_told,
    get_case,
    sessions_decided,
    standing_case_of,
    visible_cases,
)
from disputes.selectors.disputes import dispute_clock, disputes_to_answer, disputes_told, get_dispute, visible_disputes

__all__ = [
    "adjustments_page",
    "adjustments_updated",
    "cases_to_answer",
    "cases_told",
    "dispute_clock",
    "disputes_to_answer",
    "disputes_told",
    "get_adjustment",
    "get_adjustments",
    "get_case",
    "get_dispute",
    "sessions_decided",
    "standing_case_of",
    "visible_cases",
    "visible_disputes",
]
