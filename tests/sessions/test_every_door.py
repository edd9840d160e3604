"""One network of sessions through every door: the API one by one, the API's dry run, a file over the API, the command.

All say the same findings. What comes in together is told as if it came in the order of days, starts and ids, so rows in
any order say the same; what comes one by one says the same of the same pairs, on whichever came later.
"""

from __future__ import annotations

import json
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.domain.checks import ALL
from clawguard.domain.submission import parse
from sessions.intake.record import order_of
from sessions.models import Finding, ImportBatch
from sessions.services.imports import ordering, reading
from tests.builders import NOW
from tests.sessions.crowded import crowd
from tests.sessions.test_commands import command, file_of
from tests.sessions.test_imports import csv, ndjson, run
from tests.sessions.test_intake import screen_all

pytestmark = pytest.mark.django_db
SEEDS = [3, 8]
OF_TWO = ("CG112", "CG202", "CG203", "CG206", "CG212", "CG213", "CG601", "CG602", "CG603", "CG607")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def program(api_of):
    return api_of("sessions:read", "sessions:write")


def told(session, found):
    """One finding of a JSON answer, as it can be compared."""
    rest = (found["evidence"], found["service_line"], found["amount_at_risk"], sorted(found["related"]))
    return (
        session,
        found["check"],
        found["version"],
        found["severity"],
        found["message"],
        json.dumps(rest, sort_keys=True),
    )


def by_command(capsys, tmp_path, rows):
    _, said = command(capsys, "screen", file_of(tmp_path, ndjson(rows), "rows.ndjson"), "--format", "json")
    return sorted(
        told(each["external_id"], found) for each in json.loads(said)["sessions"] for found in each["findings"]
    )


def by_dry_run(program, rows):
    answer = program.post("/api/v1/sessions/check", {"sessions": rows}, format="json").json()
    return sorted(told(each["external_id"], found) for each in answer["results"] for found in each["findings"])


def by_file(program, content, name):
    sent = {"file": SimpleUploadedFile(name, content)}
    answer = program.post("/api/v1/imports", sent, format="multipart", headers={"Idempotency-Key": f"k-{name}"})
    assert answer.status_code == 202, answer.content
    assert run(ImportBatch.objects.get()).status == "done"
    return stored(program)


def one_by_one(program, rows):
    for body in rows:
        key = {"Idempotency-Key": body["external_id"]}
        assert program.post("/api/v1/sessions", body, format="json", headers=key).status_code == 201
    screen_all()
    return stored(program)


def stored(program):
    listed, address = [], "/api/v1/sessions?limit=100"
    while address:
        answer = program.get(address).json()
        listed += answer["results"]
        address = answer.get("next")
    assert len({each["id"] for each in listed}) == len(listed)
    found = sorted(told(each["external_id"], found) for each in listed for found in each["findings"])
    assert len(found) == Finding.objects.filter(status="new").count()
    return found


def in_order(rows):
    return sorted(rows, key=lambda body: order_of(parse(body, now=NOW)[0].facts))


def pairs(findings):
    """Which two sessions which check speaks of, whoever of them carries it."""
    return {
        (check, frozenset((session, other)))
        for session, check, *_, rest in findings
        if check in OF_TWO
        for other in json.loads(rest)[3]
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_command_the_dry_run_and_a_file_say_the_same_whatever_the_order_of_rows(
    seed, program, capsys, tmp_path, monkeypatch
):
    rows = crowd(seed, 40)
    expected = by_command(capsys, tmp_path, rows)
    assert len(pairs(expected)) > 20 and len(expected) > 60
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert by_command(capsys, tmp_path, shuffled) == expected
    assert by_dry_run(program, shuffled) == expected
    monkeypatch.setattr(reading, "PIECE_ROWS", 3)
    monkeypatch.setattr(ordering, "MOST_AT_ONCE", 4)
    assert by_file(program, ndjson(shuffled), "rows.ndjson") == expected


def test_a_table_says_the_same(program, capsys, tmp_path):
    rows = crowd(SEEDS[0], 40)
    assert by_file(program, csv(rows), "rows.csv") == by_command(capsys, tmp_path, rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_by_one_in_that_order_says_the_same(seed, program, capsys, tmp_path):
    rows = crowd(seed, 25)
    assert one_by_one(program, in_order(rows)) == by_command(capsys, tmp_path, rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_by_one_in_another_order_speaks_of_the_same_pairs(seed, program, capsys, tmp_path):
    rows = crowd(seed, 25)
    arrived = one_by_one(program, in_order(rows)[::-1])
    expected = by_command(capsys, tmp_path, rows)
    assert pairs(arrived) == pairs(expected) and arrived != expected


def test_sessions_of_others_change_nothing(capsys, tmp_path):
    rows = crowd(SEEDS[0], 30)
    npis = {body["provider"]["npi"] for body in rows}
    others = [
        {
            **body,
            "external_id": f"X{body['external_id']}",
            "client": {"external_id": "C-99"},
            "provider": {**body["provider"], "npi": "1999999984"},
        }
        for body in crowd(SEEDS[1], 30)
    ]
    assert "1999999984" not in npis
    together = by_command(capsys, tmp_path, [*others[:15], *rows, *others[15:]])
    assert [each for each in together if not each[0].startswith("X")] == by_command(capsys, tmp_path, rows)


def test_the_checks_of_two_are_there():
    assert set(OF_TWO) <= set(ALL)
