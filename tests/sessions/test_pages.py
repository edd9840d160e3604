"""The pages: search, one session, importing a file, the catalogue of checks."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.accounts.actors import SYSTEM
from sessions import catalogue, services
from sessions.models import ColumnMapping, Finding, ImportBatch, TherapySession
from tests.builders import NOW, npi, session_body, short_session
from tests.sessions.test_imports import bodies, csv, ndjson, run, store
from tests.sessions.test_intake import screen_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def staff(rui, browser_of):
    return browser_of(rui)


def words(answer):
    """The text a reader sees in the main part of the page."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def several(count=3, **changes):
    for number in range(count):
        make = short_session if number % 2 else session_body
        services.submit(SYSTEM, make(external_id=f"S-{number}", client={"external_id": f"C-{number}"}, **changes), NOW)
    screen_all()


def test_an_empty_network_says_what_to_do(staff, auditor, browser_of):
    assert "No sessions yet" in words(staff.get("/sessions")) and "Import a file" in words(staff.get("/sessions"))
    assert "Import a file" not in words(browser_of(auditor).get("/sessions"))


def test_search_finds_by_what_people_know(priya, staff):
    several()
    for query, expected in {
        "": {"S-0", "S-1", "S-2"},
        "provider=provider 1": {"S-0", "S-1", "S-2"},
        f"provider={npi(2)}": set(),
        "code=90837": {"S-0", "S-1", "S-2"},
        "code=90834": set(),
        "check_id=CG101": {"S-1"},
        "date_from=2026-09-17": set(),
        "external_id=S-2": {"S-2"},
    }.items():
        answer = staff.get(f"/sessions?{query}")
        assert answer.status_code == 200
        assert set(re.findall(r"S-\d", words(answer))) == expected, query
    assert "No session matches" in words(staff.get("/sessions?code=90834"))
    assert "before the first day" in words(staff.get("/sessions?date_from=2026-09-17&date_to=2026-09-01"))


def test_a_client_is_found_without_naming_them_in_an_address(priya, staff):
    several()
    answer = staff.post("/sessions/client", {"client": "C-1"})
    assert answer.status_code == 302 and "C-1" not in answer["Location"]
    assert set(re.findall(r"S-\d", words(staff.get(answer["Location"])))) == {"S-1"}
    nobody = staff.post("/sessions/client", {"client": "C-99"})
    assert "No session matches" in words(staff.get(nobody["Location"]))


def test_pages_follow_each_other_without_gaps(priya, staff, monkeypatch):
    from sessions.views import sessions as views

    monkeypatch.setattr(views, "PAGE", 2)
    several(5)
    seen, address = [], "/sessions"
    while address:
        page = staff.get(address).content.decode()
        seen += re.findall(r'class="clip">(S-\d)<', page)
        found = re.search(r'href="(\?[^"]+)" rel="next"', page)
        address = f"/sessions{found[1].replace('&amp;', '&')}" if found else ""
    assert sorted(seen) == [f"S-{number}" for number in range(5)]
    assert staff.get("/sessions?after=nonsense").status_code == 200


def test_the_list_asks_few_questions_however_long(priya, staff, django_assert_max_num_queries):
    several(6)
    with django_assert_max_num_queries(12):
        staff.get("/sessions")


def test_a_session_shows_facts_findings_and_history(priya, staff, django_assert_max_num_queries):
    session = services.submit(SYSTEM, short_session(), NOW)
    assert "Not screened yet" in words(staff.get(f"/sessions/{session.pk}"))
    screen_all()
    services.correct(SYSTEM, session.pk, {"place_of_service": "02"}, NOW)
    screen_all()
    with django_assert_max_num_queries(18):
        shown = words(staff.get(f"/sessions/{session.pk}"))
    for part in ("10:02–10:49", "47 are documented", "$142.50", "Revision 1", "revision 2", "Confirm", "Dismiss"):
        assert part in shown, part


def test_a_provider_reads_the_fix_and_no_money(priya, browser_of):
    session = services.submit(SYSTEM, short_session(), NOW)
    screen_all()
    shown = words(browser_of(priya).get(f"/sessions/{session.pk}"))
    assert Finding.objects.get(check_id="CG101").provider_message in shown
    assert "$" not in shown and "Dismiss" not in shown
    assert browser_of(priya).get("/sessions").status_code == 403


def test_strangers_find_no_session(colleague, faraway, administrator, priya, browser_of, client):
    session = services.submit(SYSTEM, short_session(), NOW)
    for user in (colleague, faraway, administrator):
        assert browser_of(user).get(f"/sessions/{session.pk}").status_code == 404
    assert client.get(f"/sessions/{session.pk}").status_code == 302


def test_judging_a_finding(priya, staff):
    session = services.submit(SYSTEM, short_session(), NOW)
    screen_all()
    finding = Finding.objects.get(check_id="CG101")
    assert staff.post(f"/findings/{finding.pk}/dismiss", {"reason": ""}).status_code == 422
    done = staff.post(f"/findings/{finding.pk}/dismiss", {"reason": "Times <b>corrected</b> {{ 7*7 }}"})
    assert done["Location"] == f"/sessions/{session.pk}"
    page = staff.get(f"/sessions/{session.pk}").content.decode()
    assert "Times &lt;b&gt;corrected&lt;/b&gt; {{ 7*7 }}" in page
    assert staff.post(f"/findings/{finding.pk}/confirm").status_code == 409
    staff.post(f"/findings/{finding.pk}/restore")
    finding.refresh_from_db()
    assert finding.status == "new"


def upload(browser, content, name):
    return browser.post("/imports", {"file": SimpleUploadedFile(name, content)})


def test_importing_a_table_step_by_step(priya, staff):
    rows = [row for row in bodies() if row["provider"]["npi"] == npi(1)]
    content = csv(rows).decode().replace("external_id,provider.npi", "Visit,provider.npi", 1).encode()
    address = upload(staff, content, "september.csv")["Location"]
    batch = ImportBatch.objects.get()
    asked = staff.get(address)
    assert "What each column holds" in words(asked) and not batch.rows_read
    chosen = dict(
        re.findall(r'name="(column-\d+)">(?:(?!</select>).)*value="([^"]+)" selected', asked.content.decode())
    )
    refused = staff.post(f"{address}/mapping", {**chosen, "time_zone": "America/New_York"})
    assert refused.status_code == 400 and "No column holds external_id" in words(refused)
    staff.post(f"{address}/mapping", {**chosen, "column-0": "external_id", "time_zone": "America/New_York"})
    assert ColumnMapping.objects.get().mapping["external_id"] == "Visit"
    run(batch)
    report = words(staff.get(address))
    assert "Ready to import" in report and "Import 4 rows" in report and "CG101" in report
    assert not TherapySession.objects.exists()
    staff.post(f"{address}/start")
    assert "Rows stored" in words(staff.get(address))
    run(batch)
    assert "The file is imported" in words(staff.get(address))
    again = upload(staff, content, "september.csv")["Location"]
    assert "its mapping is filled in" in words(staff.get(again))


def test_a_file_with_bad_rows_offers_the_good_ones(staff):
    rows = bodies()
    rows[3]["minutes"] = "x"
    address = upload(staff, ndjson(rows), "a.ndjson")["Location"]
    run(ImportBatch.objects.get())
    report = words(staff.get(address))
    assert "1 row cannot be read" in report and "Import only the 6 good rows" in report and "S-3" in report
    assert staff.post(f"{address}/start").status_code == 409
    table = b"".join(staff.get(f"{address}/problems.csv").streaming_content)
    assert b"S-3" in table
    staff.post(f"{address}/cancel")
    assert "This import was left" in words(staff.get(address))


def test_progress_is_fetched_until_nothing_moves(staff):
    address = upload(staff, ndjson(bodies()), "a.ndjson")["Location"]
    moving = staff.get(f"{address}/progress")
    assert "Rows read" in moving.content.decode() and "HX-Refresh" not in moving
    run(ImportBatch.objects.get())
    assert staff.get(f"{address}/progress")["HX-Refresh"] == "true"


def test_screening_shows_its_progress_after_everything_is_stored(staff):
    address = upload(staff, ndjson(bodies()), "a.ndjson")["Location"]
    store(ImportBatch.objects.get())
    staff.post(f"{address}/start")
    store(ImportBatch.objects.get())
    chunk = ImportBatch.objects.get().chunks.get()
    moving = staff.get(f"{address}/progress")
    shown = moving.content.decode()
    assert "Sessions screened" in shown and f"0 of {chunk.size}" in shown
    assert "being screened" in words(staff.get(address))
    services.screen_chunk(chunk.pk, NOW)
    assert staff.get(f"{address}/progress")["HX-Refresh"] == "true"
    assert "are screened" in words(staff.get(address))


def test_a_file_of_no_kind_is_told_on_the_page(staff):
    answer = upload(staff, b"PK\x03\x04nothing", "a.zip")
    assert answer.status_code == 415 and "This is no file of sessions" in words(answer)
    assert staff.post("/imports").status_code == 400


def test_the_same_file_twice_says_that_nothing_changed(priya, staff):
    rows = [row for row in bodies() if row["provider"]["npi"] == npi(1)]
    for _ in range(2):
        address = upload(staff, ndjson(rows), "a.ndjson")["Location"]
        batch = run(ImportBatch.objects.order_by("created_at").last())
        staff.post(f"{address}/start")
        run(batch)
    assert "Nothing changed" in words(staff.get(address))


def test_imports_are_for_those_who_take_in(priya, auditor, browser_of):
    assert browser_of(priya).get("/imports").status_code == 403
    looking = browser_of(auditor)
    assert "Send the file" not in words(looking.get("/imports"))
    assert upload(looking, ndjson(bodies()), "a.ndjson").status_code == 403


def test_every_check_has_its_page(priya, browser_of):
    provider = browser_of(priya)
    for check_id, info in catalogue.ENTRIES.items():
        shown = words(provider.get(f"/checks/{check_id}"))
        assert html.unescape(shown).count(info.title) and "What it looks at" in shown and "Passes" in shown, check_id


def test_the_catalogue_is_searched(priya, staff, browser_of):
    assert len(re.findall(r"data-row-link>(CG\d+)<", staff.get("/checks").content.decode())) == len(catalogue.ENTRIES)
    assert "CG101" in words(staff.get("/checks?q=90837 short"))
    assert "No check matches" in words(staff.get("/checks?q=nosuchword"))
    assert browser_of(priya).get("/checks?category=time&severity=error").status_code == 200
    assert staff.get("/checks/CG999").status_code == 404
    assert staff.get("/docs/checks/CG101").status_code == 200
