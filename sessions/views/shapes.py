"""Findings and sessions as the page parts want them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from clawguard.accounts.actors import Actor
from clawguard.domain import checks
from clawguard.domain.checks.dismissals import offered
from clawguard.domain.facts import SessionFacts, duration_minutes
from clawguard.domain.lifecycles import FindingState
from clawguard.ui import words
from sessions import finding_words, policies
from sessions.models import Finding

PLACES = {
    "02": "telehealth, not at home",
    "10": "telehealth, at home",
    "11": "office",
    "12": "home",
    "03": "school",
    "53": "community mental health center",
}


ORDER = {"error": 0, "warning": 1, "info": 2}


def by_weight(findings: list[Finding]) -> list[Finding]:
    """What asks for the most attention first."""
    return sorted(findings, key=lambda finding: ORDER[finding.severity])


def card(finding: Finding, actor: Actor) -> dict[str, Any]:
    """What ``finding_card`` shows. A provider reads the fix, without money or judgement."""
    provider = actor.is_provider
    return {
        "pk": finding.pk,
        "check_id": finding.check_id,
        "version": finding.check_version,
        "title": finding.title,
        "severity": finding.severity,
        "message": finding.provider_message if provider else finding.message,
        "suggested_step": "" if provider else finding.suggested_step,
        "amount_at_risk": None if provider else finding.amount_at_risk,
        "source_name": finding.source_name,
        "source_url": finding.source_url,
        "doc_url": reverse("check-page", args=[finding.check_id]),
        "status": finding.status,
        "state_word": finding_words.STATE_WORDS[FindingState(finding.status)],
        "decided": "" if provider else finding_words.decided(finding),
        "reasons": offered(finding.check_id),
        "actions": _actions(finding, actor),
    }


def fresh_cards(findings: Iterable[checks.Finding], actor: Actor) -> list[dict[str, Any]]:
    """The same for findings of a dry run, what asks for the most attention first."""
    provider = actor.is_provider
    return [
        {
            "check_id": found.check,
            "version": found.version,
            "title": found.title,
            "severity": found.severity,
            "message": found.provider_message if provider else found.message,
            "suggested_step": "" if provider else found.suggested_step,
            "amount_at_risk": None if provider else found.amount_at_risk,
            "source_name": found.source.name,
            "source_url": found.source.url,
            "doc_url": reverse("check-page", args=[found.check]),
        }
        for found in sorted(findings, key=lambda found: ORDER[found.severity])
    ]


def _actions(finding: Finding, actor: Actor) -> list[dict[str, Any]]:
    words = {"confirm": "Confirm", "dismiss": "Dismiss …", "restore": "Take up again"}
    return [
        {"name": name, "label": words[name], "dialog": f"{name}-{finding.pk}"}
        for name in policies.finding_actions(actor, finding)
    ]


def fact_rows(facts: SessionFacts) -> list[tuple[str, str]]:
    """The session's facts as label and words, on the wall clock of the practice."""
    minutes = duration_minutes(facts.start, facts.end, facts.minutes)
    rows = [
        ("Time", _times(facts)),
        ("Minutes", "not stated" if minutes is None else str(minutes)),
        ("Place of service", _place(facts)),
        ("Telehealth", {"video": "video", "audio": "audio only", "none": "in person"}.get(facts.telehealth or "", "")),
        ("Client was at", (facts.client_location or "").replace("_", " ")),
        ("Client present", _yes_or_no(facts.client_present)),
        ("Group size", str(facts.group_size or "")),
        ("Credential", facts.provider_license),
        ("Client's state", facts.client_state or ""),
        ("Line of business", facts.payer_kind.replace("_", " ")),
        ("Plan", facts.payer_plan or ""),
        ("Crisis documented", _yes_or_no(facts.documented.crisis)),
        ("Complexity factor", facts.documented.complexity_factor or ""),
        ("Confirmed", _moment(facts.confirmed_at, facts.provider_time_zone)),
    ]
    return [(label, said) for label, said in rows if said]


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _place(facts: SessionFacts) -> str:
    said = PLACES.get(facts.place_of_service)
    return f"{facts.place_of_service} ({said})" if said else facts.place_of_service


def _times(facts: SessionFacts) -> str:
    if facts.start is None or facts.end is None:
        return "not stated"
    return words.times(facts.start, facts.end, facts.provider_time_zone)


def _moment(at: dt.datetime | None, zone: str) -> str:
    return "" if at is None else words.moment_there(at, zone, timezone.get_current_timezone())
