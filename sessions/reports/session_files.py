"""A checked file of sessions, in the manner of a linter: place, severity, check, what was seen, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from clawguard.domain.checks import Severity
from sessions.intake.parsing import Told
from sessions.services.dry_run import Checked
from sessions.services.file_check import FileReport

KIND_WORDS = {"sessions_csv": "CSV table", "sessions_ndjson": "NDJSON", "x12_837p": "X12 837P claims"}
PLACES = {"sessions_csv": "row", "sessions_ndjson": "line", "x12_837p": "segment"}
MOST_SHOWN = 200  # lines of each sort that people are shown; JSON holds everything


def as_text(report: FileReport, name: str) -> Iterator[str]:
    place = PLACES[report.kind]
    read = f"{_counted(report.rows, 'row')} read, {_counted(len(report.sessions), 'session')} checked"
    yield f"{name}: {KIND_WORDS[report.kind]}, {read}"
    yield from _contents(report)
    yield from _first([f"  as read, {place} {number}: {_as_read(raw)}" for number, raw in report.unfit], "rows")
    yield from _first([f"{name}:{place} {told.row}: {_problem(told)}" for told in report.problems], "problems")
    found = [
        f"{name}:{place} {number}: {checked.facts.external_id}: {finding.severity} {finding.check} {finding.title}\n"
        f"    {finding.message}\n    {finding.suggested_step}"
        for number, checked in report.sessions
        for finding in checked.findings
        if finding.severity != Severity.INFO
    ]
    yield from _first(found, "findings")
    yield from _notices(report)
    yield _closing(report)


def _problem(told: Told) -> str:
    who = f"{told.label}: " if told.label else ""
    where = f" ({told.column})" if told.column else ""
    return f"{who}{told.severity} {told.code}{where}: {told.message}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _contents(report: FileReport) -> Iterator[str]:
    """What was read, in two lines."""
    if not report.sessions:
        return
    facts = [checked.facts for _, checked in report.sessions]
    days = [fact.date_of_service.isoformat() for fact in facts]
    providers, clients = {fact.provider_npi for fact in facts}, {fact.client_key for fact in facts}
    codes = Counter(line.code for fact in facts for line in fact.service_lines)
    yield f"  {min(days)} to {max(days)}, {_counted(len(providers), 'provider')}, {_counted(len(clients), 'client')}"
    yield "  " + ", ".join(f"{code} × {count:,}" for code, count in codes.most_common(12))


def _as_read(raw: Mapping[str, Any]) -> str:
    """A row that is no session as it stands, as far as it could be read: nothing is passed over in silence."""
    lines = [line for line in raw.get("service_lines") or () if isinstance(line, Mapping)]
    billed = [
        "-".join([str(line.get("code")), *map(str, line.get("modifiers") or ())])
        + f" × {line.get('units')}, ${line.get('charge')}"
        for line in lines
    ]
    named = [raw.get("external_id"), raw.get("date_of_service"), *billed]
    return " · ".join(str(part)[:60] for part in named if part) or "nothing that could be told"


def _first(lines: list[str], noun: str) -> Iterator[str]:
    yield from lines[:MOST_SHOWN]
    if len(lines) > MOST_SHOWN:
        yield f"… and {len(lines) - MOST_SHOWN:,} more {noun}; --format json lists them all."


def _notices(report: FileReport) -> Iterator[str]:
    """What is only said for information, once per check."""
    notices = Counter(
        (finding.check, finding.title)
        for _, checked in report.sessions
        for finding in checked.findings
        if finding.severity == Severity.INFO
    )
    for (check, title), count in sorted(notices.items()):
        yield f"  info {check} × {count:,}: {title}"


def _closing(report: FileReport) -> str:
    unread = sum(told.severity == "error" for told in report.problems)
    found = [("error", "error"), ("warning", "warning"), ("info", "notice")]
    counts = ", ".join(_counted(report.count(severity), noun) for severity, noun in found)
    return f"{counts}; {_counted(unread, 'problem')} in the file; ${report.at_risk:,.2f} at risk"


def as_json(report: FileReport, name: str) -> dict[str, Any]:
    checks = Counter(finding.check for _, checked in report.sessions for finding in checked.findings)
    return {
        "file": name,
        "kind": report.kind,
        "read": {"rows": report.rows, "sessions": len(report.sessions), "problems": len(report.problems)},
        "problems": [told._asdict() for told in report.problems],
        "sessions": [_session(number, checked) for number, checked in report.sessions],
        "unfit": [{"row": number, "as_read": _as_read(raw)} for number, raw in report.unfit],
        "summary": {
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "notices": report.count("info"),
            "by_check": dict(sorted(checks.items())),
            "amount_at_risk": str(report.at_risk),
            "currency": "USD",
        },
    }


def _session(number: int, checked: Checked) -> dict[str, Any]:
    return {
        "row": number,
        "external_id": checked.facts.external_id,
        "date_of_service": checked.facts.date_of_service.isoformat(),
        "codes": [line.code for line in checked.facts.service_lines],
        "amount_at_risk": str(checked.at_risk),
        "findings": [finding.as_dict() for finding in checked.findings],
    }
