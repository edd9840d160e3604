"""Sessions, findings and checks as the API shows them."""

from __future__ import annotations

from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.domain import checks
from clawguard.domain.checks import CheckInfo
from clawguard.domain.checks.dismissals import offered
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.facts import SessionFacts
from clawguard.domain.patterns import PatternInfo
from sessions import policies
from sessions.facts import as_submitted
from sessions.models import Finding, TherapySession
from sessions.services.dry_run import Checked, at_risk

CURRENCY = "USD"


def session_dict(session: TherapySession, facts: SessionFacts, findings: list[Finding], actor: Actor) -> dict[str, Any]:
    """The session in the shape it was submitted in, and what has become of it. ``findings``: the standing ones."""
    shown = {
        "id": str(session.pk),
        **as_submitted(facts, session.payer.name),
        "client_id": str(session.client_id),
        "currency": CURRENCY,
        "revision": session.revision,
        "created_at": session.created_at.isoformat(),
        "updated_at": session.updated_at.isoformat(),
        "findings": [finding_dict(finding, actor) for finding in findings],
    }
    if not actor.is_provider:
        risk = at_risk(session.contracted_rate, [finding.amount_at_risk for finding in findings])
        shown["amount_at_risk"] = str(risk)
    return shown


def finding_dict(finding: Finding, actor: Actor) -> dict[str, Any]:
    """A provider reads the words written for providers, without money or whose error it might be."""
    shown: dict[str, Any] = {
        "id": str(finding.pk),
        "session_id": str(finding.session_id),
        "check": finding.check_id,
        "version": finding.check_version,
        "title": finding.title,
        "category": finding.category,
        "severity": finding.severity,
        "message": finding.provider_message if actor.is_provider else finding.message,
        "evidence": finding.evidence,
        "service_line": finding.service_line,
        "source": {"name": finding.source_name, "url": finding.source_url},
        "documentation": f"/docs/checks/{finding.check_id}",
        "request_items": finding.request_items,
        "status": finding.status,
        "created_at": finding.created_at.isoformat(),
        "updated_at": finding.updated_at.isoformat(),
    }
    if actor.is_provider:
        return shown
    return shown | {
        "rule_pack": finding.screening.pack_id,
        "amount_at_risk": str(finding.amount_at_risk),
        "currency": CURRENCY,
        "party_if_confirmed": finding.party_if_confirmed,
        "suggested_step": finding.suggested_step,
        "related": finding.related,
        "verdict": finding.verdict or None,
        "reason": finding.decision_reason,
        "reason_code": finding.reason_code or None,
        "dismissed_until": finding.dismissed_until.isoformat() if finding.dismissed_until else None,
        "decided_by": finding.decided_by_name,
        "decided_at": finding.decided_at.isoformat() if finding.decided_at else None,
        "allowed_actions": policies.finding_actions(actor, finding),
    }


def checked_dict(checked: Checked, actor: Actor) -> dict[str, Any]:
    """The answer of a dry run for one session."""
    findings = [fresh_finding(finding, actor) for finding in checked.findings]
    shown: dict[str, Any] = {"external_id": checked.facts.external_id, "findings": findings}
    if not actor.is_provider:
        shown |= {"amount_at_risk": str(checked.at_risk), "currency": CURRENCY}
    return shown


def fresh_finding(finding: checks.Finding, actor: Actor) -> dict[str, Any]:
    shown = finding.as_dict()
    if actor.is_provider:
        shown["message"] = shown["provider_message"]
        for name in ("amount_at_risk", "party_if_confirmed", "suggested_step", "related"):
            del shown[name]
    return shown


def check_dict(info: CheckInfo | PatternInfo, table: ProcedureTable) -> dict[str, Any]:
    """A pattern has no findings of sessions, so there is nothing to dismiss one for; it is judged in words."""
    codes = info.billed_in(table)
    reasons = offered(info.id) if isinstance(info, CheckInfo) else ()
    return {
        "id": info.id,
        "version": info.version,
        "title": info.title,
        "summary": info.summary,
        "category": info.category,
        "severity": str(info.severity),
        "scope": info.scope,
        "party_if_confirmed": str(info.party),
        "source": {"name": info.source.name, "url": info.source.url},
        "suggested_step": info.suggested_step,
        "request_items": list(info.request_items),
        "kind": "check" if isinstance(info, CheckInfo) else "pattern",
        "codes": sorted(codes) if codes is not None else None,
        "documentation": info.documentation,
        "dismissal_reasons": [{"code": reason.code, "label": reason.label} for reason in reasons],
    }
