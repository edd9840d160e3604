"""Check before you submit: the same answer as the API's, at once, and no row is written."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from sessions.models import Payer
from tests.builders import npi, session_body, short_session
from tests.sessions.test_imports import csv, ndjson
from tests.sessions.test_pages import words

pytestmark = pytest.mark.django_db
FORM = {
    "date_of_service": "2026-09-16",
    "begins": "10:02",
    "ends": "10:49",
    "telehealth": "video",
    "place_of_service": "10",
    "diagnoses": "F33.1",
    "payer": "60054",
    "code-1": "90837",
    "modifiers-1": "95",
}
OURS = ("accounts", "events", "therapy_sessions", "notes", "disputes")


def written():
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.fixture
def provider(priya, browser_of):
    Payer.objects.create(payer_id="60054", name="Example Health", kind="commercial")
    return browser_of(priya)


def ask(browser, **changes):
    return browser.post("/sessions/check", {**FORM, **changes})


def checks_named(answer):
    """Without CG306, which only says that this test's database holds no diagnosis codes."""
    return set(re.findall(r'href="/checks/(CG\d{3})"', answer.content.decode())) - {"CG306"}


def test_the_same_engine_answers_and_nothing_is_stored(provider):
    before = written()
    page = ask(provider)
    body = short_session(
        start="2026-09-16T10:02:00-04:00", confirmed_at=None, contracted_rate=None, client_location=None
    )
    api = provider.post("/api/v1/sessions/check", {**body, "client_present": None}, "application/json").json()
    assert checks_named(page) == {finding["check"] for finding in api["findings"]} - {
        "CG306"
    } and "CG101" in checks_named(page)
    assert written() == before


def test_a_provider_reads_the_fix_first_and_no_money(provider):
    page = words(ask(provider))
    assert "What the checks say" in page and "How this is checked" in page
    assert "$" not in page and "at risk" not in page


def test_staff_read_what_staff_read(provider, rui, browser_of):
    assert "Next step" in words(ask(browser_of(rui)))


def test_nothing_to_change(provider):
    answer = ask(provider, ends="10:57", client_location="home")
    assert "Nothing to change" in words(answer) and checks_named(answer) == set()


def test_a_providers_own_licence_and_zone_are_filled_in(provider):
    page = provider.get("/sessions/check").content.decode()
    assert '<option value="LCSW" selected>' in page and "America/New_York" in page
    assert "The answer appears here" in page


def test_a_session_past_midnight_belongs_to_the_day_it_began(provider):
    assert checks_named(ask(provider, begins="23:30", ends="00:25")) == set()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"date_of_service": ""}, "Date of service"),
        ({"code-1": ""}, "Code"),
        ({"code-1": "9"}, "Code"),
        ({"diagnoses": "nonsense"}, "Diagnoses"),
        ({"date_of_service": "2031-01-01"}, "Date of service"),
        ({"client_state": "ZZ"}, "State the client was in"),
        ({"payer": "other", "payer_kind": "royal"}, "Kind of another payer"),
    ],
)
def test_what_cannot_be_read_is_named_beside_its_field(provider, changes, said):
    answer = ask(provider, **changes)
    assert answer.status_code == 200
    page = words(answer)
    assert "Please look at this again" in page and f"{said}:" in page
    assert checks_named(answer) == set()


def test_another_payer_has_its_kind(provider):
    medicare = ask(provider, payer="other", payer_kind="medicare", **{"code-1": "90834"})
    assert medicare.status_code == 200 and "What the checks say" in words(medicare)


@pytest.mark.parametrize("make", [csv, ndjson])
def test_a_small_file_is_checked_row_by_row(provider, make):
    before = written()
    elsewhere = {"npi": npi(2), "license": "LCSW", "time_zone": "America/New_York"}
    content = make(
        [short_session(), session_body(external_id="S-2", provider=elsewhere, client={"external_id": "C-2"})]
    )
    chosen = provider.post("/sessions/check/file", {"file": SimpleUploadedFile("rows.txt", content)})
    pasted = provider.post("/sessions/check/file", {"text": content.decode()})
    for answer in (chosen, pasted):
        page = words(answer)
        assert "2 sessions checked of 2 rows; nothing to change in 1" in page
        assert "S-1" in page and "CG101" in checks_named(answer) and "$" not in page
    assert written() == before


def test_the_same_information_about_many_rows_of_a_file_is_one_line(provider):
    """No diagnosis table is loaded here: each session says so (CG306), and each is too short (CG101)."""
    many = [short_session(external_id=f"S-{n}", client={"external_id": f"C-{n}"}) for n in range(30)]
    answer = provider.post("/sessions/check/file", {"text": ndjson([*many, session_body(external_id="S-30")]).decode()})
    page = answer.content.decode()
    assert "CG306 Diagnosis could not be checked: 31 sessions" in words(answer)
    assert page.count('href="/checks/CG306"') == 1
    assert page.count('href="/checks/CG101"') == 30


def test_rows_that_cannot_be_read_are_told(provider):
    page = words(provider.post("/sessions/check/file", {"text": ndjson([short_session(minutes="x")]).decode()}))
    assert "Some rows could not be read" in page and "row 1" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "No sessions were found"),
        ({"text": "just words"}, "No sessions were found"),
        ({"text": "x" * (256 * 1024 + 1)}, "too large"),
        ({"text": "ISA*00*          *00*          *ZZ*A              *ZZ*B"}, "No sessions were found"),
    ],
)
def test_what_is_no_file_of_sessions_is_said_so(provider, given, said):
    assert said in words(provider.post("/sessions/check/file", given))


def test_who_only_looks_may_not_ask(auditor, administrator, browser_of, client):
    for user in (auditor, administrator):
        assert browser_of(user).get("/sessions/check").status_code == 403
    assert client.get("/sessions/check")["Location"].startswith("/sign-in")
