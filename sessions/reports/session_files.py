"""A checked file of sessions, in the manner of a linter: place, severity, check, what was seen, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clawguard.domain.checks import Severity
from sessions.intake.parsing import Told
from sessions.reports import pieces
from sessions.services.dry_run import Checked
from sessions.services.file_check import FileReport

KIND_WORDS = {"sessions_csv": "CSV table", "sessions_ndjson": "NDJSON", "x12_837p": "X12 837P claims"}
PLACES = {"sessions_csv": "row", "sessions_ndjson": "line", "x12_837p": "segment"}
MOST_SHOWN = 200  # lines of each sort that people are shown; JSON holds everything


def as_text(report: FileReport, name: str) -> Iterator[str]:
    place = PLACES[report.kind]
    read = f"{_counted(report.rows, 'row')} read, {_counted(report.session_count, 'session')} checked"
    yield f"{name}: {KIND_WORDS[report.kind]}, {read}"
    yield from _contents(report)
    yield from _first((f"  as read, {place} {number}: {_as_read(raw)}" for number, raw in report.unfit()), "rows")
    yield from _first((f"{name}:{place} {told.row}: {_problem(told)}" for told in report.problems()), "problems")
    notices: Counter[tuple[str, str]] = Counter()
    yield from _first(_findings(report, f"{name}:{place}", notices), "findings")
    for (check, title), count in sorted(notices.items()):
        yield f"  info {check} × {count:,}: {title}"
    yield _closing(report)


def _findings(report: FileReport, where: str, notices: Counter[tuple[str, str]]) -> Iterator[str]:
    """What asks for something, one by one; what is only said for information is counted into ``notices``."""
    for number, checked in report.sessions():
        for finding in checked.findings:
            if finding.severity == Severity.INFO:
                notices[finding.check, finding.title] += 1
                continue
            yield (
                f"{where} {number}: {checked.facts.external_id}: {finding.severity} {finding.check} {finding.title}\n"
                f"    {finding.message}\n    {finding.suggested_step}"
            )


def _problem(told: Told) -> str:
    who = f"{told.label}: " if told.label else ""
    where = f" ({told.column})" if told.column else ""
    return f"{who}{told.severity} {told.code}{where}: {told.message}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _contents(report: FileReport) -> Iterator[str]:
    """What was read, in two lines."""
    found = report.contents()
    if found is None:
        return
    first, last, providers, clients = found
    yield f"  {first} to {last}, {_counted(providers, 'provider')}, {_counted(clients, 'client')}"
    yield "  " + ", ".join(f"{code} × {count:,}" for code, count in report.codes.most_common(12))


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


def _first(lines: Iterable[str], noun: str) -> Iterator[str]:
    """The first lines, and how many more there are."""
    more = 0
    for count, line in enumerate(lines):
        if count < MOST_SHOWN:
            yield line
        else:
            more += 1
    if more:
        yield f"… and {more:,} more {noun}; --format json lists them all."


def _closing(report: FileReport) -> str:
    found = [("error", "error"), ("warning", "warning"), ("info", "notice")]
    counts = ", ".join(_counted(report.severities[severity], noun) for severity, noun in found)
    return f"{counts}; {_counted(report.unread, 'problem')} in the file; ${report.at_risk:,.2f} at risk"


def as_json(report: FileReport, name: str) -> Iterator[str]:
    """One JSON document in pieces, so that a large file is never held as a whole."""
    read = {"rows": report.rows, "sessions": report.session_count, "problems": report.problem_count}
    yield pieces.opening({"file": name, "kind": report.kind, "read": read})
    yield from pieces.listed("problems", (told._asdict() for told in report.problems()))
    yield from pieces.listed("sessions", (_session(number, checked) for number, checked in report.sessions()))
    yield from pieces.listed("unfit", ({"row": number, "as_read": _as_read(raw)} for number, raw in report.unfit()))
    yield pieces.closing({"summary": summary(report)})


def summary(report: FileReport) -> dict[str, Any]:
    """Counts of a report whose sessions have been walked."""
    return {
        "errors": report.severities["error"],
        "warnings": report.severities["warning"],
        "notices": report.severities["info"],
        "by_check": dict(sorted(report.checks.items())),
        "amount_at_risk": str(report.at_risk),
        "currency": "USD",
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
