"""What a provider sees of their own case: the date first, calm words, their part of the thread, nothing about staff."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import CaseState
from clawguard.domain.promises import OUTCOME_LABELS, Outcome
from clawguard.ui import words
from disputes import appeal_time, policies, wording
from disputes.letter_words import in_short
from disputes.models import Case, Decision
from disputes.selectors.case_page import findings_of
from disputes.selectors.cases import decisions_of, latest_proposal
from disputes.selectors.clocks import ANSWER, clocks
from disputes.selectors.files import chosen_in_case, well_rows
from disputes.selectors.thread import thread
from disputes.selectors.timeline import timeline
from sessions.models import Finding

HEADINGS = {
    "waiting_on_you": "We would like to hear from you",
    "late": "We would still like to hear from you",
    "waiting_on_us": "Your answer is with us",
    "decided": "We have finished looking at this session",
    "appeal_open": "Your appeal is open",
}


def provider_page(actor: Actor, case: Case, now: dt.datetime) -> dict[str, Any]:
    """The context of the provider's page about one case."""
    proposal = latest_proposal(case)
    state = wording.case_state(case, now, provider=True)
    running = clocks(actor, case, now)
    final = [row for row in decisions_of(case) if row.final_at is not None]
    actions = policies.allowed_actions(actor, case)
    appeal_until = appeal_time.until(case, now)
    return {
        "case": case,
        "state": state,
        "heading": HEADINGS[state],
        "answering": case.answered_at is None and not final and "messages" in actions,
        "may_write": "messages" in actions,
        "chosen": well_rows(chosen_in_case(actor, case, internal=False)) if "messages" in actions else [],
        "may_appeal": "appeal" in actions and appeal_until is not None and now < appeal_until,
        "appeal_until": appeal_until,
        "appeal_begins": appeal_time.waits_for_reading(case),
        "answer_clock": next((clock for clock in running if clock["what"] == ANSWER), None),
        "findings": _findings(case),
        "said": None if proposal is None or final else proposal.attribution["explanation"],
        "decision": _decision(case, final[0]) if final else None,
        "thread": thread(actor, case),
        "timeline": timeline(actor, case),
        "today": words.local(now, case.provider.time_zone).date(),
        "promised_by": case.decide_by if case.status in WITH_US else None,
    }


def _findings(case: Case) -> list[Finding]:
    """In the words written for providers: the fix first, no accusation."""
    rows = [row for row in findings_of(case) if row.status not in ("dismissed", "overturned")]
    for row in rows:
        row.message, row.suggested_step = row.provider_message, ""  # the step is written for staff
    return rows


WITH_US = frozenset({CaseState.ANSWERED, CaseState.ANSWER_LAPSED, CaseState.SECOND_LOOK, CaseState.APPEALED})


def _decision(case: Case, row: Decision) -> dict[str, Any]:
    return {
        "row": row,
        "outcome": OUTCOME_LABELS[Outcome(row.outcome)],
        "network": row.party == "network",
        "party": wording.PARTY_WORDS[row.party],
        "said": in_short(case, row),
    }
