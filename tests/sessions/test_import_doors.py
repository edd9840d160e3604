"""Who may import what, and through which door: limits of role, kind and size, the API, names and cells."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.access import Problem
from clawguard.accounts.actors import NotAllowed, of_user
from sessions.intake import file_names
from sessions.intake.spreadsheets import safe_cell
from sessions.models import ImportBatch
from tests.builders import provider, team
from tests.sessions.test_imports import bodies, ndjson, run, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


def test_rows_of_another_teams_provider_are_named(rui):
    provider(1, team=team("West"))
    batch = run(take(ndjson(bodies()), actor=of_user(rui), only_good_rows=True))
    assert (batch.rows_created, batch.rows_refused) == (3, 4)
    assert {problem.code for problem in batch.problems.all()} == {"provider_out_of_reach"}


@pytest.mark.parametrize(
    ("content", "name", "status"), [(b"", "a.csv", 400), (b"PK\x03\x04", "a.zip", 415), (b"%PDF-1.7", "a.csv", 202)]
)
def test_what_is_no_file_of_sessions(content, name, status, api_of):
    answer = _send(api_of("sessions:write"), content, name)
    assert answer.status_code == status, answer.content
    if status == 202:  # the name says table: reading it finds out
        assert run(ImportBatch.objects.get()).status == "refused"


def test_a_file_that_is_too_large(settings, api_of):
    settings.IMPORT_MAX_BYTES = 1000
    answer = _send(api_of("sessions:write"), ndjson(bodies()), "a.ndjson")
    assert answer.status_code == 413 and not ImportBatch.objects.exists()
    assert list((settings.DATA_DIR / "imports").iterdir()) == []


def test_providers_and_auditors_import_nothing(priya, auditor):
    for user in (priya, auditor):
        with pytest.raises(NotAllowed):
            take(ndjson(bodies()), actor=of_user(user))


def test_defaults_that_mean_nothing():
    with pytest.raises(Problem) as refusal:
        take(ndjson(bodies()), defaults={"time_zone": "Mars/Base", "colour": "red"})
    assert {error.pointer for error in refusal.value.errors} == {"/defaults/time_zone", "/defaults/colour"}


def _send(client, content, name, key="k-1", **form):
    body = {"file": SimpleUploadedFile(name, content), **form}
    return client.post("/api/v1/imports", body, format="multipart", headers={"Idempotency-Key": key})


def test_an_import_over_the_api(api_of):
    client = api_of("sessions:write", "sessions:read")
    rows = bodies()
    rows[3]["minutes"] = "x"
    answer = _send(client, ndjson(rows), "=cmd|calc.ndjson", only_good_rows="true")
    assert answer.status_code == 202, answer.content
    run(ImportBatch.objects.get())
    shown = client.get(answer["Location"]).json()
    assert (shown["status"], shown["rows"]["created"], shown["changed"]) == ("done", 6, True)
    [problem] = client.get(shown["problems"]).json()["results"]
    assert (problem["row"], problem["session"], problem["pointer"]) == (4, "S-3", "/minutes")
    table = b"".join(client.get(shown["error_file"]).streaming_content).decode()
    assert "S-3" in table and table.startswith("row,session,column")
    assert _send(client, ndjson(rows), "=cmd|calc.ndjson", only_good_rows="true").json()["id"] == shown["id"]
    assert api_of("sessions:write").get(answer["Location"]).status_code == 404
    assert client.get("/api/v1/imports?status=done").json()["results"][0]["id"] == shown["id"]


def test_a_file_as_the_body(api_of):
    client = api_of("sessions:write")
    answer = client.generic(
        "POST",
        "/api/v1/imports?kind=sessions_ndjson&hold=true",
        ndjson(bodies()),
        content_type="application/x-ndjson",
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 202
    batch = run(ImportBatch.objects.get())
    assert batch.status == "previewed"
    started = client.post(f"/api/v1/imports/{batch.pk}/start", {}, format="json", headers={"Idempotency-Key": "k-2"})
    assert started.json()["status"] == "running"
    assert client.post("/api/v1/imports?colour=1", {}, headers={"Idempotency-Key": "k-3"}).status_code == 400


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("\tx", "'\tx"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("-12.50", "-12.50"),
        (-3, "-3"),
        ("S-1", "S-1"),
        (None, ""),
    ],
)
def test_no_cell_runs_in_a_spreadsheet(value, cell):
    assert safe_cell(value) == cell


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\CON.csv", "CON.csv"),
        (".hidden", "hidden"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie: x.csv"),
        ("x" * 4000 + ".csv", ("x" * 4000 + ".csv")[-120:]),
        ("\x00", "file"),
    ],
)
def test_file_names_are_cleaned(name, shown):
    assert file_names.clean(name) == shown
