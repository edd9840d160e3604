"""The linter: SARIF, explanations, chosen checks, and memory that does not grow with the file."""

from __future__ import annotations

import datetime as dt
import json
import tracemalloc

import pytest
from jsonschema import Draft202012Validator

from clawguard.domain.checks import ALL
from clawguard.domain.codesets import CodeTables
from clawguard.domain.patterns import PATTERNS
from clawguard.domain.submission import Defaults, parse
from sessions import catalogue
from sessions.services import file_store
from sessions.services.dry_run import screen_facts
from sessions.services.file_check import Chosen, check_file
from tests.builders import NOW, npi, session_body, short_session
from tests.sessions.sarif_schema import LOG
from tests.sessions.test_commands import command, file_of
from tests.sessions.test_imports import bodies as seven
from tests.sessions.test_imports import csv, ndjson
from tests.sessions.test_readers_import import claims

pytestmark = pytest.mark.django_db


def sarif(capsys, path, *options):
    code, said = command(capsys, "screen", path, "--format", "sarif", *options)
    found = json.loads(said)
    Draft202012Validator.check_schema(LOG)
    assert [error.message for error in Draft202012Validator(LOG).iter_errors(found)] == []
    [run] = found["runs"]
    return code, run


class TestSarif:
    def test_results_lead_to_their_line_and_rule(self, tmp_path, capsys):
        rows = seven()
        code, run = sarif(capsys, file_of(tmp_path, csv(rows), "september rows.csv"))
        short = [result for result in run["results"] if result["ruleId"] == "CG101"]
        assert code == 1 and len(short) == 3
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == sorted(ALL)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            place = result["locations"][0]["physicalLocation"]
            assert place["artifactLocation"]["uri"] == "september%20rows.csv"
            assert 2 <= place["region"]["startLine"] <= 8
        assert short[0]["level"] == "error" and short[0]["properties"]["evidence"]["minutes"] == 47
        assert run["properties"]["by_check"]["CG101"] == 3

    def test_a_finding_keeps_its_fingerprint_in_another_file(self, tmp_path, capsys):
        marks = []
        for name, rows in (("a.ndjson", seven()), ("b.ndjson", seven()[::-1])):
            _, run = sarif(capsys, file_of(tmp_path, ndjson(rows), name), "--select", "CG101")
            marks.append({result["partialFingerprints"]["finding/v1"] for result in run["results"]})
        assert marks[0] == marks[1] and len(marks[0]) == 3

    def test_rows_that_cannot_be_read_are_notifications(self, tmp_path, capsys):
        rows = [*seven(), short_session(external_id="S-bad", minutes="x")]
        code, run = sarif(capsys, file_of(tmp_path, ndjson(rows), "a.ndjson"))
        [invocation] = run["invocations"]
        [told] = invocation["toolExecutionNotifications"]
        assert code == 2 and not invocation["executionSuccessful"]
        assert told["locations"][0]["physicalLocation"]["region"]["startLine"] == 8 and told["level"] == "error"

    def test_claims_are_told_by_segment(self, tmp_path, capsys):
        _, run = sarif(capsys, file_of(tmp_path, claims(seven()), "claims.837"))
        place = run["results"][0]["locations"][0]
        assert "region" not in place["physicalLocation"]
        assert place["logicalLocations"][-1]["name"].startswith("segment ")

    def test_a_clean_file_has_no_results(self, tmp_path, capsys):
        code, run = sarif(capsys, file_of(tmp_path, ndjson(seven()), "a.ndjson"), "--select", "CG105")
        assert code == 0 and run["results"] == [] and run["invocations"][0]["executionSuccessful"]

    def test_the_schema_refuses_what_is_misspelt(self):
        bad = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "result": []}]}
        assert not Draft202012Validator(LOG).is_valid(bad)


class TestChoosing:
    @pytest.mark.parametrize(
        ("options", "there", "code"),
        [
            (("--select", "CG101"), {"CG101"}, 1),
            (("--select", "cg1", "--ignore", "CG101"), set(), 0),
            (("--ignore", "CG1,CG306"), set(), 0),
        ],
    )
    def test_by_id_and_by_family(self, tmp_path, capsys, options, there, code):
        path = file_of(tmp_path, ndjson([short_session()]), "a.ndjson")
        left, said = command(capsys, "screen", path, "--format", "json", *options)
        found = json.loads(said)["summary"]
        assert set(found["by_check"]) == there and left == code
        if not there:
            assert found["amount_at_risk"] == "0.00"

    @pytest.mark.parametrize("option", ["--select", "--ignore"])
    def test_one_that_does_not_exist_is_said_so(self, tmp_path, capsys, option):
        path = file_of(tmp_path, ndjson([short_session()]), "a.ndjson")
        code, said = command(capsys, "screen", path, option, "CG999")
        assert code == 2 and "CG999" in said


class TestExplaining:
    @pytest.mark.parametrize("check", [*sorted(ALL)[::9], *sorted(PATTERNS)[::4]])
    def test_the_page_is_printed(self, capsys, check):
        code, said = command(capsys, "screen", "--explain", check)
        assert code == 0 and said.startswith(f"{check} · {catalogue.ENTRIES[check].title}")
        for part in ("What it looks at", "How to answer", "Example:"):
            assert part in said
        assert "```" not in said

    def test_with_what_the_check_answers(self, capsys):
        _, said = command(capsys, "screen", "--explain", "cg101")
        assert "Example: 90837 with 52 minutes" in said and "  > " in said

    def test_no_such_check_and_no_file(self, capsys):
        assert command(capsys, "screen", "--explain", "CG999")[0] == 2
        assert command(capsys, "screen", "--format", "json")[0] == 2


def many(count):
    """Sessions of many clients and providers over most of a year; short ones among them, and some that overlap."""
    for number in range(count):
        day = dt.date(2025, 11, 5) + dt.timedelta(days=number % 300)
        minutes = 47 if number % 5 == 0 else 55
        yield session_body(
            external_id=f"S-{number}",
            provider={"npi": npi(1 + number // 700), "license": "LCSW", "time_zone": "America/New_York"},
            client={"external_id": f"C-{number // 8}"},
            date_of_service=f"{day}",
            start=f"{day}T10:00:00-05:00",
            end=f"{day}T10:{minutes}:00-05:00",
            confirmed_at=None,
        )


def lines(count):
    for body in many(count):
        yield (json.dumps(body) + "\n").encode()


def test_a_file_is_screened_as_its_sessions_would_be_side_by_side():
    bodies_of = list(many(1300))  # more than one chunk
    facts = [parse(body, now=NOW)[0].facts for body in bodies_of]
    together = [checked.findings for checked in screen_facts(facts, NOW, code_tables=CodeTables())]
    content = [(json.dumps(body) + "\n").encode() for body in bodies_of]
    with check_file("sessions_ndjson", content, Defaults(), CodeTables(), NOW) as report:
        alone = [checked.findings for _, checked in report.sessions()]
    assert alone == together and any(alone)


def test_a_client_seen_all_along_is_evaluated_again_after_eight_months():
    """In weekly therapy since an evaluation in January: no break, so the one in September is a second."""
    days = {"2026-01-07": "90791", "2026-08-26": "90837", "2026-09-02": "90837", "2026-09-09": "90791"}
    facts = [
        parse(
            session_body(
                external_id=f"S-{day}",
                date_of_service=day,
                start=None,
                end=None,
                minutes=55,
                confirmed_at=None,
                service_lines=[{"code": code, "modifiers": ["95"], "units": 1, "charge": "180.00"}],
            ),
            now=NOW,
        )[0].facts
        for day, code in days.items()
    ]
    told = [
        [found.check for found in checked.findings if found.check == "CG605"]
        for checked in screen_facts(facts, NOW, code_tables=CodeTables())
    ]
    assert told == [[], [], [], ["CG605"]]


def peak(count):
    tracemalloc.start()
    with check_file("sessions_ndjson", lines(count), Defaults(), CodeTables(), NOW, Chosen()) as report:
        for _ in report.sessions():
            pass
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest


def test_memory_does_not_grow_with_the_file(monkeypatch):
    monkeypatch.setattr(file_store, "BATCH", 250)
    peak(200)  # what is kept for good is kept now
    largest = peak(1000)  # some chunks stand beside as many sessions of other chunks as any chunk of a larger file does
    assert peak(2000) < 1.2 * largest


def weekly(count, clients=50):
    """A file in order of date: every client comes once a week, always to the same provider, who sees all of a group."""
    for number in range(count):
        week, client = divmod(number, clients)
        day = dt.date(2022, 1, 3) + dt.timedelta(days=7 * week + client % 5)
        body = session_body(
            external_id=f"S-{number}",
            provider={"npi": npi(1 + client // 25), "license": "LCSW", "time_zone": "America/New_York"},
            client={"external_id": f"C-{client}"},
            date_of_service=f"{day}",
            start=f"{day}T{8 + client // 5 % 10:02}:00:00-05:00",
            end=f"{day}T{8 + client // 5 % 10:02}:55:00-05:00",
            confirmed_at=None,
        )
        yield (json.dumps(body) + "\n").encode()


def test_work_grows_with_the_file_and_no_faster(monkeypatch):
    """Counted, not timed: how often a session is taken out of the store, however many the file holds of its client."""
    taken, load = [], file_store._loaded

    def counted(arrival, blob):
        taken.append(arrival)
        return load(arrival, blob)

    monkeypatch.setattr(file_store, "BATCH", 100)
    monkeypatch.setattr(file_store, "_loaded", counted)
    sums = []
    for count in (1000, 4000):
        taken.clear()
        with check_file("sessions_ndjson", weekly(count), Defaults(), CodeTables(), NOW) as report:
            assert sum(1 for _ in report.sessions()) == count
        sums.append(len(taken) / count)
    assert sums[0] == pytest.approx(sums[1], rel=0.1) and sums[1] < 1.5
