"""Rule health: counts that add up, a precision that knows how little it knows, and the list behind each number."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.domain.checks import ALL
from sessions import health, services
from sessions.health import Asked
from sessions.models import Finding, Judgement
from tests.builders import NOW
from tests.sessions.test_finding_life import short
from tests.sessions.test_intake import screen_all
from tests.sessions.test_pages import words

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=1)


@pytest.fixture
def story(priya, rui):
    """Nine findings of CG101: every way a finding can go."""
    rows, actor = short(9), of_user(rui)
    for row, code in zip(rows, ("record_supports", "corrected"), strict=False):
        services.dismiss_finding(actor, row.pk, "", NOW, code=code)
    services.dismiss_finding(actor, rows[2].pk, "Not so", NOW)
    for row in rows[3:6]:
        services.confirm_finding(actor, row.pk, "", NOW)
    services.overturn_findings(rows[3].session_id, ["CG101"], NOW)
    for row in (rows[4], rows[6]):
        services.correct(of_user(rui), row.session_id, {"end": f"{row.session.date_of_service}T10:57:00-04:00"}, NOW)
    screen_all()
    return rows


def row_of(actor, check="CG101", **asked):
    return health.of_all_checks(actor, Asked(check_id=check, **asked), LATER)[0]


def test_every_finding_is_counted_once(story, rui):
    row = row_of(of_user(rui))
    assert row.fired == 9 == sum(row.counts.values())
    assert row.counts == {"waiting": 2, "confirmed": 2, "dismissed": 3, "overturned": 1, "cleared": 1}
    assert row.reasons == {"record_supports": 1, "corrected": 1, "other": 1}


def test_what_settled_the_matter_otherwise_does_not_speak_against_the_check(story, rui, monkeypatch):
    said = row_of(of_user(rui)).precision
    assert (said.part, said.whole, said.value) == (
        2,
        5,
        None,
    )  # held 2; against it: two dismissals and an overturned one
    monkeypatch.setattr(health, "share", lambda part, whole: (part, whole))
    assert row_of(of_user(rui)).precision == (2, 5)


def test_a_finding_confirmed_and_corrected_afterwards_still_held(story, rui):
    held = health.listed(of_user(rui), Asked(check_id="CG101"), "confirmed", "", LATER)
    assert sorted(held.values_list("status", flat=True)) == ["cleared", "confirmed"]


def test_the_list_behind_a_number_is_as_long_as_the_number_says(story, rui):
    actor = of_user(rui)
    row = row_of(actor)
    for name, count in row.counts.items():
        assert health.listed(actor, Asked(check_id="CG101"), name, "", LATER).count() == count, name
    for code, count in row.reasons.items():
        assert health.listed(actor, Asked(check_id="CG101"), "", code, LATER).count() == count, code


def test_within_reach_period_and_payer(story, rui, faraway, lead, auditor, priya, administrator):
    assert row_of(of_user(faraway)).fired == 0
    assert row_of(of_user(lead)).fired == row_of(of_user(auditor)).fired == 9
    assert row_of(of_user(rui), payer_id="60054").fired == 9 and row_of(of_user(rui), payer_id="1").fired == 0
    Finding.objects.filter(check_id="CG101").update(created_at=NOW - dt.timedelta(days=31))
    assert row_of(of_user(rui), days="30").fired == 0 and row_of(of_user(rui), days="all").fired == 9
    for user in (priya, administrator):
        with pytest.raises(NotAllowed):
            row_of(of_user(user))
    [payer] = health.of_payers(of_user(rui), Asked(check_id="CG101"), LATER)
    assert (payer.payer_id, payer.payer, payer.fired) == ("60054", "Example Health", 9)


def test_every_check_has_a_row_and_sorting_keeps_all(story, rui):
    rows = health.of_all_checks(of_user(rui), Asked(), LATER)
    assert {row.check_id for row in rows} == set(ALL)
    assert health.in_order(rows, "-fired")[0].check_id == "CG101"
    assert health.in_order(rows, "nonsense") == rows
    for name in health.SORTS:
        assert len(health.in_order(rows, f"-{name}")) == len(rows)


def test_the_pages_show_numbers_that_lead_to_their_lists(story, rui, browser_of):
    staff = browser_of(rui)
    page = staff.get("/checks/health?sort=-fired&days=all").content.decode()
    links = re.findall(r'href="(/checks/CG101/findings\?[^"]+)">(\d+)<', page)
    assert [int(count) for _, count in links] == [9, 2, 2, 3, 1, 1]
    for address, count in links:
        listed = staff.get(address.replace("&amp;", "&")).content.decode()
        assert listed.count('name="finding"') == int(count), address
    assert 'aria-sort="descending"' in page and "too few to say" in page
    own = words(staff.get("/checks/CG101?days=all"))
    assert "Rule health" in own and "Example Health" in own and "5 judged of 20 needed" in own
    assert "The record supports what was billed" in own


def test_health_is_not_shown_to_providers(story, priya, browser_of):
    assert "Rule health" not in words(browser_of(priya).get("/checks/CG101"))
    assert "Rule health" not in words(browser_of(priya).get("/checks"))


def test_the_table_for_spreadsheets(story, rui, browser_of):
    answer = browser_of(rui).get("/checks/health.csv?days=all")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))
    [own] = [row for row in rows if row["check"] == "CG101"]
    assert (own["fired"], own["confirmed"], own["dismissed: corrected"], own["precision"]) == ("9", "2", "1", "")
    assert len(rows) == len(ALL)


def test_programs_read_it_too(story, api_of, rui):
    answer = api_of("sessions:read").get("/api/v1/checks/CG101/health?days=all").json()
    assert (answer["fired"], answer["confirmed"], answer["judged"], answer["precision"]) == (9, 2, 5, None)
    assert answer["payers"][0]["payer_id"] == "60054" and answer["payers"][0]["fired"] == 9
    assert api_of("sessions:read").get("/api/v1/checks/CG101/health?days=7").status_code == 400


def test_enough_judged_gives_an_interval():
    row = health.Health("CG101", "x", counts={**dict.fromkeys(health.STATES, 0), "confirmed": 18, "overturned": 2})
    assert health.as_dict(row)["precision"] == {"value": 0.9, "low": 0.699, "high": 0.9721}
    from sessions.views.health import precision_words

    assert precision_words(row) == "90 % (70 to 97 %)"


class TestPages:
    def tick(self, staff, rows, path="preview", **more):
        return staff.post(f"/checks/CG101/findings/{path}", {"finding": [str(row.pk) for row in rows], **more})

    def test_preview_judge_see_and_undo(self, priya, rui, browser_of):
        staff, rows = browser_of(rui), short(3)
        services.confirm_finding(of_user(rui), rows[1].pk, "", NOW)
        shown = words(self.tick(staff, rows, decision="dismiss"))
        assert "Dismiss 2 findings" in shown and "left: already confirmed" in shown
        again = self.tick(staff, rows, "judge", decision="dismiss", reason_code="other", reason="")
        assert again.status_code == 422 and "Say why" in words(again) and "Dismiss 2 findings" in words(again)
        done = self.tick(staff, rows, "judge", decision="dismiss", reason_code="record_supports", until="2026-13-01")
        assert done.status_code == 422 and not Judgement.objects.exists()
        done = self.tick(staff, rows, "judge", decision="dismiss", reason_code="record_supports")
        page = staff.get(done["Location"])
        assert "2 findings dismissed" in words(page) and "Take it back" in words(page)
        assert f"{done['Location']}/undo" in page.content.decode()
        undone = staff.post(f"{done['Location']}/undo")
        assert "Taken back" in words(staff.get(undone["Location"]))
        assert sorted(Finding.objects.filter(check_id="CG101").values_list("status", flat=True)) == [
            "confirmed",
            "new",
            "new",
        ]
        assert staff.post(f"{done['Location']}/undo").status_code == 409

    def test_nonsense_is_refused(self, priya, rui, browser_of):
        staff, rows = browser_of(rui), short(1)
        assert self.tick(staff, rows, decision="burn").status_code == 400
        assert self.tick(staff, [], decision="confirm").status_code == 422
        answer = staff.post("/checks/CG101/findings/preview", {"finding": "x", "decision": "confirm"})
        assert answer.status_code == 400
        assert staff.get("/checks/CG999/findings").status_code == 404

    def test_the_list_turns_its_pages_without_gaps(self, priya, rui, browser_of, monkeypatch):
        from sessions.views import health as views

        monkeypatch.setattr(views, "PAGE", 2)
        staff, keys = browser_of(rui), {str(row.pk) for row in short(5)}
        seen, address = [], "/checks/CG101/findings?days=all"
        while address:
            page = staff.get(address).content.decode()
            seen += re.findall(r'name="finding" value="([^"]+)"', page)
            found = re.search(r'href="(\?[^"]+)" rel="next"', page)
            address = f"/checks/CG101/findings{found[1].replace('&amp;', '&')}" if found else ""
        assert set(seen) == keys and len(seen) == 5
        assert staff.get("/checks/CG101/findings?after=nonsense").status_code == 200

    def test_the_api_previews_judges_and_takes_back(self, priya, rui, browser_of):
        staff, rows = browser_of(rui), short(2)
        body = {"check": "CG101", "findings": [str(row.pk) for row in rows], "decision": "dismiss"}
        send = lambda path, said: staff.post(f"/api/v1/{path}", said, "application/json")  # noqa: E731
        shown = send("findings/judge", {**body, "preview": True}).json()
        assert [row["result"] for row in shown["results"]] == ["can be judged"] * 2
        assert send("findings/judge", {**body, "reason_code": "x"}).status_code == 400
        done = send("findings/judge", {**body, "reason_code": "record_supports", "until": "2999-01-01"})
        assert done.status_code == 422
        done = send("findings/judge", {**body, "reason_code": "record_supports"}).json()
        assert {row["result"] for row in done["results"]} == {"done"}
        undone = send(f"judgements/{done['id']}/undo", {}).json()
        assert {row["result"] for row in undone["results"]} == {"taken back"} and undone["undone_at"]
