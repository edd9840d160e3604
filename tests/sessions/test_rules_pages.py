"""Pages, API and command of policies, packs and tries: what they show, refuse and hand out."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clawguard import clock
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from sessions.codesets import current_tables
from sessions.models import Backtest, PolicyRevision
from sessions.services import payer_policies
from tests import world
from tests.builders import NOW
from tests.sessions.rules_makers import draft, proposed, published, recent, tried

pytestmark = pytest.mark.django_db
LONG = "long_session_minutes"


@pytest.fixture
def page(lead: User, browser_of: Any) -> Client:
    browser: Client = browser_of(lead)
    return browser


def form(**changes: str) -> dict[str, str]:
    return {"first_day": "2026-01-01", "last_day": "", "reason": "Page 12.", **changes}


def test_a_draft_is_started_filled_in_and_kept(page: Client) -> None:
    answer = page.post("/policies/new", {"payer_id": "60054", "first_day": "2026-01-01"})
    revision = PolicyRevision.objects.get()
    assert answer["Location"] == f"/policies/revisions/{revision.pk}"
    sent = form(**{f"mode-{LONG}": "here", f"value-{LONG}": "75", "mode-filing_days": "unknown"})
    page.post(answer["Location"], sent | {"mode-clock_times_needed": "yes"})
    revision.refresh_from_db()
    assert revision.values == {LONG: 75, "filing_days": None, "clock_times_needed": True}
    shown = page.get(answer["Location"]).content.decode()
    assert "As inherited" in shown and 'value="75"' in shown


def test_a_payers_form_leaves_out_what_only_the_network_decides(lead: User, page: Client) -> None:
    payers = page.get(f"/policies/revisions/{draft(lead, {LONG: 75}, payer_id='60054').pk}").content.decode()
    networks = page.get(f"/policies/revisions/{draft(lead, {LONG: 75}).pk}").content.decode()
    assert "usual_sessions_a_day" in networks and "Patterns across sessions" in networks
    assert "usual_sessions_a_day" not in payers and "Patterns across sessions" not in payers


def test_a_draft_is_kept_as_it_is_typed_but_for_what_cannot_be_read(lead: User, page: Client) -> None:
    revision = draft(lead, {LONG: 75, "largest_group": 8})
    address = f"/policies/revisions/{revision.pk}/draft"
    typed = form(**{f"mode-{LONG}": "here", f"value-{LONG}": "80", "mode-clock_times_needed": "yes"})
    answer = page.post(address, typed)
    revision.refresh_from_db()
    assert (answer.status_code, answer.json()) == (200, {"left": []})
    assert (revision.values, revision.reason) == ({LONG: 80, "clock_times_needed": True}, "Page 12.")
    half = form(first_day="", reason="Page 13.", **{f"mode-{LONG}": "here", f"value-{LONG}": "8o"})
    half |= {"value-largest_group": "9", "mode-filing_days": "here", "value-filing_days": "90"}
    answer = page.post(address, half)
    left = {field["pointer"] for field in answer.json()["left"]}
    assert (answer.status_code, left) == (422, {"/first_day", "/values/largest_group", f"/values/{LONG}"})
    revision.refresh_from_db()
    assert revision.values == {LONG: 80, "filing_days": 90}
    assert (revision.reason, str(revision.first_day)) == ("Page 13.", "2026-01-01")


def test_what_is_proposed_or_another_s_is_not_kept_over(lead: User, second_lead: User, browser_of: Any) -> None:
    revision = proposed(lead, {LONG: 75})
    address = f"/policies/revisions/{revision.pk}/draft"
    assert browser_of(lead).post(address, form()).status_code == 409
    assert browser_of(second_lead).post(address, form()).status_code == 403
    revision.refresh_from_db()
    assert revision.values == {LONG: 75}


def test_what_cannot_be_saved_keeps_what_was_typed(lead: User, page: Client) -> None:
    revision = draft(lead, {LONG: 75})
    sent = form(**{f"mode-{LONG}": "here", f"value-{LONG}": "long", "value-largest_group": "9"})
    answer = page.post(f"/policies/revisions/{revision.pk}", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="9"' in shown and "Choose “decided here”" in shown
    answer = page.post(f"/policies/revisions/{revision.pk}", form(**{f"mode-{LONG}": "here", f"value-{LONG}": "long"}))
    assert "Give a whole number" in answer.content.decode() and 'value="long"' in answer.content.decode()
    revision.refresh_from_db()
    assert revision.values == {LONG: 75}


def test_a_proposal_without_a_try_is_told_what_to_do(lead: User, page: Client) -> None:
    revision = draft(lead, {LONG: 75})
    answer = page.post(f"/policies/revisions/{revision.pk}/propose")
    assert answer.status_code == 422
    assert "Try it on the last 90 days first" in answer.content.decode()


def test_the_second_person_sees_the_try_and_what_it_does(lead: User, second_lead: User, browser_of: Any) -> None:
    recent(80)
    published(lead, second_lead, {LONG: 100})
    revision = proposed(lead, {LONG: 75})
    with clock.pretend(NOW):
        shown = browser_of(second_lead).get(f"/policies/revisions/{revision.pk}").content.decode()
    assert "Revision 1 no longer holds" in shown
    assert "New findings" in shown and "Publish it" in shown
    own = browser_of(lead).get(f"/policies/revisions/{revision.pk}").content.decode()
    assert "You wrote this, so you cannot." in own and "Publish it" not in own
    for_billing = browser_of(world.builders.user("billing", "Bill Test")).get(f"/policies/revisions/{revision.pk}")
    assert f"/backtests/{tried(lead, revision).pk}" not in for_billing.content.decode()


def test_inherited_values_name_their_source(lead: User, second_lead: User, page: Client) -> None:
    world.screened()
    published(lead, second_lead, {LONG: 70}, payer_kind="commercial")
    revision = draft(lead, {"largest_group": 8}, payer_id="60054")
    shown = page.get(f"/policies/revisions/{revision.pk}").content.decode()
    assert "<strong>70</strong> (Commercial payers, from 1 Jan 2026 until further notice); default 90" in shown


def test_a_try_of_rules_that_begin_later_says_that_it_says_nothing(lead: User, page: Client) -> None:
    recent(80)
    later, now = draft(lead, {LONG: 75}, first=dt.date(2027, 1, 1)), draft(lead, {"largest_group": 8}, payer_id="60054")
    for revision, told in ((later, True), (now, False)):
        shown = page.get(f"/backtests/{tried(lead, revision).pk}").content.decode()
        assert "Nothing would be different" in shown
        assert ("These rules begin on Fri 1 Jan 2027" in shown) is told


def test_tries_are_listed_by_the_name_of_whom_they_are_for(lead: User, page: Client) -> None:
    session = recent(80)
    tried(lead, draft(lead, {"largest_group": 8}, payer_id=session.payer.payer_id))
    assert f"revision 1: {session.payer.name}" in page.get("/backtests").content.decode()


def test_the_list_behind_a_number_and_its_table(lead: User, page: Client) -> None:
    session = recent(80)
    job = tried(lead, draft(lead, {LONG: 75}))
    shown = page.get(f"/backtests/{job.pk}").content.decode()
    assert f"/backtests/{job.pk}/changes?check=CG107&amp;change=new" in shown
    assert session.external_id in page.get(f"/backtests/{job.pk}/changes?change=new").content.decode()
    assert session.external_id not in page.get(f"/backtests/{job.pk}/changes?change=gone").content.decode()
    table = page.post(f"/backtests/{job.pk}/changes.csv", {"change": "new"})
    rows = b"".join(table.streaming_content).decode().splitlines()
    assert rows[0].startswith("session,date_of_service") and rows[1].startswith(f"{session.external_id},")
    assert len(rows) == 2


def test_screening_again_says_how_much_before_it_starts(lead: User, second_lead: User, page: Client) -> None:
    world.screened()
    published(lead, second_lead, {LONG: 75})
    shown = page.get("/rule-packs/screen-again?from=2026-01-01&to=2026-12-31").content.decode()
    assert "1 session would be screened again" in shown
    answer = page.post("/rule-packs/screen-again", {"from": "2026-01-01", "to": "2026-12-31"})
    assert page.get(answer["Location"]).status_code == 200
    assert page.get("/rule-packs/screen-again?from=yesterday").status_code == 422


def test_programs_read_what_is_in_force(lead: User, second_lead: User, api_of: Any) -> None:
    session = world.screened()
    published(lead, second_lead, {LONG: 75}, payer_id="60054", last=session.date_of_service)
    program = api_of("sessions:read")
    found = program.get("/api/v1/policies?on=2026-02-01").json()
    assert found["version"] == current_tables().policies.version
    (row,) = found["results"]
    assert row["scope"] == {"payer_kind": None, "payer_id": "60054", "plan": None}
    assert row["values"] == {LONG: 75}
    assert program.get("/api/v1/policies?on=2025-12-31").json()["results"] == []
    assert program.get("/api/v1/policies?on=soon").status_code == 400
    packs = program.get("/api/v1/rule-packs").json()
    (pack,) = packs["results"]
    assert pack["present"] is False and packs["present"] != pack["digest"]
    assert program.get(f"/api/v1/rule-packs/{pack['digest']}").json()["checks"]["CG101"] >= 1
    assert program.get("/api/v1/rule-packs/none").status_code == 404
    (finding,) = program.get("/api/v1/findings?check=CG101").json()["results"]
    assert finding["rule_pack"] == pack["digest"]


def command(*words: str) -> str:
    out = StringIO()
    with clock.pretend(NOW):
        call_command("backtest", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_prints_what_the_page_shows(lead: User) -> None:
    world.screened(minutes=80)
    revision = draft(lead, {LONG: 75})
    found = json.loads(command("--from", "2026-01-01", "--format", "json"))
    assert (found["status"], found["sessions"], found["findings"]) == ("done", 1, {"new": 1, "gone": 0, "changed": 0})
    assert [row["check"] for row in found["by_check"]] == ["CG107"]
    assert found["by_payer"][0]["payer"] == "60054"
    text = command("--from", "2026-01-01", "--pack", str(revision.pk), "--check", "cg107", "--payer", "60054")
    assert "findings: 1 new, 0 gone, 0 changed" in text and "CG107" in text
    assert Backtest.objects.count() == 2
    payer_policies.discard(of_user(lead), revision.pk, NOW)
    assert json.loads(command("--from", "2026-01-01", "--format", "json"))["findings"]["new"] == 0


@pytest.mark.parametrize("words", [["--from", "August"], ["--from", "2026-01-01", "--pack", "mine"]])
def test_the_command_says_what_is_wrong(words: list[str]) -> None:
    with pytest.raises(CommandError):
        command(*words)


def test_what_cannot_be_saved_is_named_among_seventy_fields_and_led_to(lead: User, page: Client) -> None:
    revision = draft(lead, {LONG: 75})
    sent = form(first_day="soon", **{f"mode-{LONG}": "here", f"value-{LONG}": "-7"})
    shown = page.post(f"/policies/revisions/{revision.pk}", sent).content.decode()
    assert '<a href="#first-day">First day: Give a date such as 2027-01-31.</a>' in shown and 'id="first-day"' in shown
    sent["first_day"] = "2026-01-01"
    shown = page.post(f"/policies/revisions/{revision.pk}", sent).content.decode()
    assert f'<a href="#mode-{LONG}">Minutes of one session that are mentioned: Give a whole number' in shown
    assert f'id="mode-{LONG}"' in shown and 'value="-7"' in shown


def test_a_proposal_that_is_refused_leaves_the_draft_in_its_form(lead: User, page: Client) -> None:
    revision = draft(lead, {LONG: 75})
    answer = page.post(f"/policies/revisions/{revision.pk}/propose")
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Try it on the last 90 days first" in shown
    assert 'value="75"' in shown and f'name="first_day" required value="{revision.first_day}"' in shown
