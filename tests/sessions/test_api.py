"""The REST door of sessions, findings and checks."""

from __future__ import annotations

import pytest

from clawguard.accounts.actors import SYSTEM
from sessions import services
from sessions.models import Finding, TherapySession
from tests.builders import NOW, npi, session_body, short_session
from tests.sessions.test_intake import screen_all

pytestmark = pytest.mark.django_db
URL = "/api/v1/sessions"


@pytest.fixture
def program(api_of):
    return api_of("sessions:read", "sessions:write")


def asked(body):
    """Checks whose finding asks for something; what is only said for information depends on the loaded tables."""
    return [finding["check"] for finding in body["findings"] if finding["severity"] != "info"]


def post(client, body, key="k-1", url=URL):
    return client.post(url, body, format="json", headers={"Idempotency-Key": key})


def test_submit_look_up_correct(program):
    answer = post(program, short_session())
    assert answer.status_code == 201, answer.content
    address = answer["Location"]
    screen_all()
    shown = program.get(address)
    assert shown.status_code == 200 and shown["ETag"] == answer["ETag"]
    body = shown.json()
    assert asked(body) == ["CG101"]
    assert body["amount_at_risk"] == "142.50" and body["allowed_actions"] == ["correct"] and body["screened_at"]
    patch = {"end": "2026-09-16T10:57:00-04:00"}
    assert program.patch(address, patch, format="json").status_code == 428
    assert program.patch(address, patch, format="json", headers={"If-Match": '"old"'}).status_code == 412
    done = program.patch(address, patch, format="json", headers={"If-Match": shown["ETag"]})
    assert done.status_code == 200 and done.json()["revision"] == 2
    screen_all()
    body = program.get(address).json()
    assert asked(body) == [] and body["settled_findings"][0]["status"] == "cleared"
    assert body["end"] == "2026-09-16T10:57:00-04:00"


def test_what_was_sent_comes_back(program):
    sent = session_body()
    sent["payer"]["plan"] = "Example Gold"
    answer = post(program, sent)
    shown = program.get(answer["Location"]).json()
    for name, value in sent.items():
        assert shown[name] == value or name in ("provider", "service_lines", "diagnoses"), name
    assert shown["provider"]["npi"] == session_body()["provider"]["npi"]
    assert shown["service_lines"][0]["code"] == "90837"


def test_a_second_post_of_the_same_session_is_no_second_session(program):
    first, again = post(program, session_body()), post(program, session_body(), key="k-2")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"] and TherapySession.objects.count() == 1
    other = post(program, short_session(), key="k-3")
    assert other.status_code == 409 and "PATCH" in other.json()["detail"]


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"due_at": "2026-01-01", "status": "done", "colour": 1}, {"/due_at", "/status", "/colour"}),
        ({"minutes": "55", "client_present": 1, "diagnoses": "F33.1"}, {"/minutes", "/client_present", "/diagnoses"}),
        ({"external_id": "a\x00b"}, {"/external_id"}),
        ({"external_id": "x" * 1_000}, {"/external_id"}),
        ({"date_of_service": "2027-01-01", "start": None, "end": None}, {"/date_of_service"}),
        ({"start": "2026-03-08T02:30:00", "date_of_service": "2026-03-08", "end": None}, {"/start"}),
        ({"contracted_rate": "1.234,56"}, {"/contracted_rate"}),
        ({"service_lines": [{"code": "9083７x"}]}, {"/service_lines/0/code"}),
    ],
)
def test_bad_fields_are_named(program, changes, pointers):
    answer = post(program, session_body(**changes))
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert {error["pointer"] for error in answer.json()["errors"]} == pointers
    assert not TherapySession.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"a": 1,}', "application/json", 400),
        (b'{"a": 1, "a": 2}', "application/json", 400),
        (b'{"minutes": NaN}', "application/json", 400),
        (b'{"minutes": 1e400}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'"' + b"x" * 1_100_000 + b'"', "application/json", 413),
        (b"{}", "text/plain", 415),
        (b'{"external_id": "\xff"}', "application/json", 400),
        (b'{"external_id": "\\ud800"}', "application/json", 400),
        (b"[]", "application/json", 400),
    ],
)
def test_bodies_that_are_no_session(program, body, content_type, status):
    answer = program.generic("POST", URL, body, content_type=content_type, headers={"Idempotency-Key": "k"})
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query", ["page=1", "limit=1000000", "limit=0", "cursor=%00", "ordering=password", "code=a&code=b", "date_from=x"]
)
def test_a_query_that_means_nothing_is_refused(program, query):
    assert program.get(f"{URL}?{query}").status_code == 400


def test_lists_filter_and_page(program, django_assert_max_num_queries):
    for number in range(5):
        body = short_session if number % 2 else session_body
        parties = {
            "client": {"external_id": f"C-{number}"},
            "provider": {**session_body()["provider"], "npi": npi(number)},
        }
        services.submit(SYSTEM, body(external_id=f"S-{number}", **parties), NOW)
    screen_all()
    with django_assert_max_num_queries(8):
        first = program.get(f"{URL}?limit=3").json()
    assert len(first["results"]) == 3 and first["previous"] is None
    rest = program.get(first["next"]).json()
    ids = [row["external_id"] for row in first["results"] + rest["results"]]
    assert sorted(ids) == [f"S-{number}" for number in range(5)] and rest["next"] is None
    for query, expected in {
        "status=open": {"S-1", "S-3"},
        "check=CG101": {"S-1", "S-3"},
        "status=clear": {"S-0", "S-2", "S-4"},
        "external_id=S-4": {"S-4"},
        "code=90834": set(),
        "date_to=2026-09-15": set(),
        "payer=60054&date_from=2026-09-16": set(ids),
    }.items():
        assert {row["external_id"] for row in program.get(f"{URL}?{query}").json()["results"]} == expected, query
    assert program.get(f"{URL}?count=true").json()["count"] == 5


def test_a_dry_run_stores_nothing_and_says_what_would_be_found(program, django_assert_num_queries):
    answer = program.post(f"{URL}/check", short_session(), format="json")
    assert asked(answer.json()) == ["CG101"]
    many = program.post(f"{URL}/check", {"sessions": [session_body(), short_session(external_id="S-2")]}, format="json")
    first, second = map(asked, many.json()["results"])
    assert first == [] and "CG101" in second and len(second) > 1  # the second overlaps the first
    beside = {**session_body(), "context": {"same_day": [session_body(external_id="S-9")]}}
    assert program.post(f"{URL}/check", beside, format="json").json()["findings"]
    assert asked(program.post(f"{URL}/check", beside, format="json").json())
    assert not TherapySession.objects.exists()


def test_a_dry_run_names_the_bad_fields_of_every_session(program):
    body = {"sessions": [session_body(minutes="x"), session_body(colour=1)], "context": {"histories": []}}
    answer = program.post(f"{URL}/check", body, format="json")
    assert answer.status_code == 400
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert pointers == {"/sessions/0/minutes", "/sessions/1/colour", "/context/histories"}


def test_a_stranger_finds_nothing(priya, colleague, faraway, administrator, browser_of):
    session = services.submit(SYSTEM, short_session(), NOW)
    screen_all()
    finding = Finding.objects.get(check_id="CG101")
    address = f"{URL}/{session.pk}"
    assert browser_of(administrator).get(address).status_code == 404
    assert browser_of(administrator).get(URL).status_code == 403
    for user in (colleague, faraway):
        browser = browser_of(user)
        assert browser.get(address).status_code == 404
        assert browser.get(URL).json()["results"] == [] == browser.get("/api/v1/findings").json()["results"]
        answer = browser.post(f"/api/v1/findings/{finding.pk}/dismiss", {"reason": "x"}, "application/json")
        assert answer.status_code in (403, 404)
    own = browser_of(priya).get(address).json()
    [told] = [row for row in own["findings"] if row["check"] == "CG101"]
    assert told["message"] == finding.provider_message
    assert "amount_at_risk" not in own and "amount_at_risk" not in told


def test_the_wrong_scope_opens_nothing(api_of):
    assert api_of("cases:read").get(URL).status_code == 403
    assert post(api_of("sessions:read"), session_body()).status_code == 403


def test_people_judge_findings_programs_do_not(program, priya, rui, browser_of):
    services.submit(SYSTEM, short_session(), NOW)
    screen_all()
    finding = Finding.objects.get(check_id="CG101")
    address = f"/api/v1/findings/{finding.pk}"
    assert post(program, {"reason": "x"}, url=f"{address}/dismiss").status_code == 403
    staff = browser_of(rui)
    assert staff.post(f"{address}/dismiss", {"reason": " "}, "application/json").status_code == 422
    assert (
        staff.post(f"{address}/dismiss", {"reason": "Times corrected on paper"}, "application/json").status_code == 200
    )
    again = staff.post(f"{address}/dismiss", {"reason": "Twice"}, "application/json")
    assert again.status_code == 409
    finding.refresh_from_db()
    assert (finding.status, finding.decision_reason) == ("dismissed", "Times corrected on paper")


def test_the_catalogue(program):
    rows = program.get("/api/v1/checks").json()["results"]
    assert {"CG101", "CG201", "CG301"} <= {row["id"] for row in rows}
    assert program.get("/api/v1/checks/CG101").json()["documentation"] == "/docs/checks/CG101"
    assert program.get("/api/v1/checks/CG999").status_code == 404
    assert all(row["category"] == "time" for row in program.get("/api/v1/checks?category=time").json()["results"])


@pytest.mark.parametrize("tail", ["not-a-uuid", "../x", "%2e%2e", "0" * 3000, "019aaaaa-0000-7000-8000-000000000000"])
def test_ids_that_lead_nowhere(program, tail):
    answer = program.get(f"{URL}/{tail}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
