"""A checked file as SARIF 2.1.0, the format that code-scanning tools and editors read.

Source: OASIS Static Analysis Results Interchange Format (SARIF) Version 2.1.0. Each check is a rule, each finding a
result with its place in the file; rows that could not be read are notifications of the run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from clawguard import __version__
from clawguard.domain.checks import ALL, CheckInfo, Finding, Severity
from sessions.intake.parsing import Told
from sessions.reports import pieces
from sessions.reports.session_files import PLACES, summary
from sessions.services.dry_run import Checked
from sessions.services.file_check import FileReport

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
ORDER = {check: index for index, check in enumerate(sorted(ALL))}
SEGMENT = "segment"  # claims are told by segment: their files need not have lines


def as_sarif(report: FileReport, name: str) -> Iterator[str]:
    """One document with one run, in pieces."""
    artifact = {"location": {"uri": quote(name)}}
    run = {"tool": {"driver": _driver()}, "artifacts": [artifact], "columnKind": "unicodeCodePoints"}
    yield f'{{\n"$schema": {pieces.text(SCHEMA)},\n"version": "2.1.0",\n"runs": ['
    yield pieces.opening(run)
    yield from pieces.listed("results", _results(report, name))
    yield from _invocation(report, name)
    yield pieces.closing({"properties": summary(report)})
    yield "]}"


def _driver() -> dict[str, Any]:
    return {"name": "Clawguard", "semanticVersion": __version__, "rules": [_rule(ALL[check]) for check in ORDER]}


def _rule(info: CheckInfo) -> dict[str, Any]:
    rule = {
        "id": info.id,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.summary},
        "help": {"text": f"{info.suggested_step} Source: {info.source.name}."},
        "defaultConfiguration": {"level": LEVELS[info.severity]},
        "properties": {"version": info.version, "category": info.category, "documentation": info.documentation},
    }
    return rule | ({"helpUri": info.source.url} if info.source.url else {})


def _results(report: FileReport, name: str) -> Iterator[dict[str, Any]]:
    for number, checked in report.sessions():
        for finding in checked.findings:
            yield _result(report.kind, name, number, checked, finding)


def _result(kind: str, name: str, number: int, checked: Checked, finding: Finding) -> dict[str, Any]:
    session = checked.facts.external_id
    line = f"/service_lines/{finding.service_line}" if finding.service_line else ""
    return {
        "ruleId": finding.check,
        "ruleIndex": ORDER[finding.check],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(kind, name, number, [{"name": session, "fullyQualifiedName": f"{session}{line}"}])],
        "partialFingerprints": {"finding/v1": _fingerprint(session, finding)},
        "properties": {
            "version": finding.version,
            "evidence": dict(finding.evidence),
            "service_line": finding.service_line,
            "amount_at_risk": str(finding.amount_at_risk),
            "currency": "USD",
            "party_if_confirmed": str(finding.party_if_confirmed),
            "suggested_step": finding.suggested_step,
            "related": list(finding.related),
            "date_of_service": checked.facts.date_of_service.isoformat(),
        },
    }


def _location(kind: str, name: str, number: int, logical: list[dict[str, Any]]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(name), "index": 0}}
    if PLACES[kind] == SEGMENT:
        logical = [*logical, {"name": f"{SEGMENT} {number}", "kind": "element"}]
    elif number > 0:
        physical["region"] = {"startLine": number}
    return {"physicalLocation": physical} | ({"logicalLocations": logical} if logical else {})


def _fingerprint(session: str, finding: Finding) -> str:
    """Equal for the same finding of the same session in another file, so that tools tell new ones from old."""
    said = pieces.text([session, finding.check, finding.service_line, sorted(finding.evidence.items())])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _invocation(report: FileReport, name: str) -> Iterator[str]:
    yield '"invocations": ['
    yield pieces.opening({"executionSuccessful": not report.unreadable})
    told = (_notification(report.kind, name, problem) for problem in report.problems())
    yield from pieces.listed("toolExecutionNotifications", told)
    yield pieces.closing({"properties": {"rows": report.rows, "sessions": report.session_count}})
    yield "],"


def _notification(kind: str, name: str, told: Told) -> dict[str, Any]:
    return {
        "descriptor": {"id": told.code},
        "level": "error" if told.severity == "error" else "warning",
        "message": {"text": told.message},
        "locations": [_location(kind, name, told.row, [{"name": told.label}] if told.label else [])],
        "properties": {"column": told.column, "pointer": told.pointer},
    }
