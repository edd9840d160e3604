"""The pages: who sees which, what the buttons do, how many statements they take, and what a refusal keeps."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.apps import apps

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import Delivery, Event
from clawguard.events.services import publish
from clawguard.ids import new_id
from disputes import services
from disputes.models import Case, Decision
from disputes.selectors import deliveries
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


class TestTriage:
    def test_views_count_and_list_what_they_say(self, browser_of: Any, rui: User, lead: User, priya: User) -> None:
        makers.answered(rui, priya)
        makers.in_conversation(rui, priya)
        second = makers.answered(rui, priya)
        services.decide(of_user(rui), second.pk, makers.verdict(), NOW)
        page = browser_of(rui).get("/triage?view=all").content.decode()
        counted = re.findall(r"<span>([^<]+)</span><span class=\"views__count[^>]*>(\d+)", page)
        found = dict(counted)
        assert (found["All standing"], found["Answers in"], found["Second look"], found["Mine"]) == ("3", "1", "1", "0")
        assert page.count("data-row-link") == 3

    def test_another_team_sees_none_of_it(self, browser_of: Any, rui: User, faraway: User, priya: User) -> None:
        makers.answered(rui, priya)
        assert "data-row-link" not in browser_of(faraway).get("/triage?view=all").content.decode()

    def test_filters_narrow_and_unknown_values_are_ignored(self, browser_of: Any, rui: User, priya: User) -> None:
        makers.answered(rui, priya)
        makers.in_conversation(rui, priya)
        client = browser_of(rui)
        shown = {
            "state=answered": 1,
            "state=answered&state=in_conversation": 2,
            "party=network": 0,
            "who=nobody": 2,
            "who=not-an-id": 0,
            "q=Provider 1": 2,
            "q=nothing-like-it": 0,
            "state=nonsense": 2,
            "after=nonsense": 2,
        }
        for asked, rows in shown.items():
            page = client.get(f"/triage?view=all&{asked}").content.decode()
            assert page.count("data-row-link") == rows, asked
        assert client.get("/triage?view=nonsense").status_code == 404

    def test_pages_follow_one_another_without_gap_or_repeat(
        self, rui: User, priya: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from disputes.selectors import keyset, triage, triage_rows

        made = {makers.in_conversation(rui, priya).pk for _ in range(5)}
        monkeypatch.setattr(keyset, "PAGE", 2)
        seen, after = [], ""
        for _ in range(3):
            page = triage_rows.page(of_user(rui), triage.BY_KEY["all"], triage_rows.Ask(after=after), NOW)
            seen += [row["id"] for row in page.rows]
            after = page.next_mark
        assert (len(seen), set(seen), after) == (5, made, "")

    def test_the_number_of_statements_does_not_grow_with_the_rows(
        self, browser_of: Any, rui: User, priya: User, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(6):
            makers.answered(rui, priya)
        client = browser_of(rui)
        with django_assert_max_num_queries(12):
            client.get("/triage?view=all")

    def test_several_cases_are_assigned_at_once(self, browser_of: Any, rui: User, lead: User, priya: User) -> None:
        cases = [makers.in_conversation(rui, priya) for _ in range(3)]
        ids = [str(case.pk) for case in cases[:2]]
        answer = browser_of(rui).post("/triage/assign", {"case": ids, "assignee": str(lead.pk), "view": "all"})
        assert answer.status_code == 302
        assert Case.objects.filter(assignee=lead).count() == 2

    def test_one_case_out_of_reach_assigns_none(self, browser_of: Any, rui: User, faraway: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        answer = browser_of(faraway).post("/triage/assign", {"case": [str(case.pk)], "assignee": ""})
        assert answer.status_code == 404


class TestCasePage:
    def test_a_fact_that_is_a_moment_is_told_on_one_clock(self, browser_of: Any, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        browser_of(rui).post(f"/cases/{case.pk}/facts", {"name": "codes_match_notes", "value": "no", "source": "Note"})
        page = browser_of(rui).get(f"/cases/{case.pk}").content.decode()
        told = dict(re.findall(r'evidence__words">(.*?)<span class="evidence__source">(.*?)</span>', page))
        assert [source for words, source in told.items() if "Session confirmed" in words] == ["Session, revision 1"]
        other = next(source for words, source in told.items() if "match" in words)
        assert other.startswith("Note") and "<time" in other, "others say when they were told"

    def test_a_fact_that_is_refused_is_named_by_its_label(self, browser_of: Any, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        typed = {"name": "duplicate_origin", "value": "neither", "source": "A call"}
        answer = browser_of(rui).post(f"/cases/{case.pk}/facts", typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert '<a href="#fact-value">Duplicate made by: Must be one of: provider, network.</a>' in page
        assert '<details id="add-fact" open>' in page and 'value="neither"' in page

    def test_it_is_walked_from_finding_to_closing_with_its_buttons(
        self, browser_of: Any, rui: User, lead: User, priya: User
    ) -> None:
        case = makers.answered(rui, priya)
        staff, second = browser_of(rui), browser_of(lead)
        here = f"/cases/{case.pk}"
        staff.post(f"{here}/facts", {"name": "codes_match_notes", "value": "no", "source": "Note of 16 Sep"})
        staff.post(f"{here}/message", {"text": "Seems clear to me.", "internal": "yes"})
        staff.post(f"{here}/message", {"text": "Thank you, we look at it."})
        verdict = {
            "party": "provider",
            "clause": "provider.coding",
            "outcome": "recover",
            "amount": "40.00",
            "explanation": "47 minutes are documented.",
            "evidence": ["codes_match_notes"],
        }
        preview = staff.post(f"{here}/preview", verdict).content.decode()
        assert "47 minutes are documented." in preview
        assert "What this rests on" in preview
        unfinished = staff.post(f"{here}/preview", {"explanation": "So far."}).content.decode()
        assert "No outcome is chosen yet." in unfinished
        assert "What this rests on" not in unfinished
        assert staff.post(f"{here}/decide", verdict).status_code == 302
        assert "Agree …" not in staff.get(here).content.decode()
        assert "Agree …" in second.get(here).content.decode()
        assert second.post(f"{here}/approve").status_code == 302
        page = staff.get(here).content.decode()
        assert "Recover from the provider" in page
        assert staff.post(f"{here}/close").status_code == 409
        makers.work(NOW)
        assert "has finished" in browser_of(priya).get(f"/my{here}").content.decode().replace("We have", "has")

    def test_a_refusal_keeps_what_was_typed(self, browser_of: Any, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        typed = {
            "party": "provider",
            "clause": "provider.coding",
            "outcome": "recover",
            "explanation": "Long <b>words</b>.",
        }
        answer = browser_of(rui).post(f"/cases/{case.pk}/decide", {**typed, "amount": "40", "evidence": []})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Tick at least one fact" in page
        assert "Long &lt;b&gt;words&lt;/b&gt;." in page
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("amount", ["forty", "1e400", "-5", "NaN"])
    def test_amounts_that_are_none_are_refused(self, browser_of: Any, rui: User, priya: User, amount: str) -> None:
        case = makers.answered(rui, priya)
        typed = {"party": "provider", "clause": "provider.coding", "outcome": "recover", "explanation": "x"}
        answer = browser_of(rui).post(
            f"/cases/{case.pk}/decide", {**typed, "amount": amount, "evidence": ["date_of_service"]}
        )
        assert answer.status_code == 422

    def test_statements_do_not_grow_with_the_thread(
        self, browser_of: Any, rui: User, priya: User, django_assert_max_num_queries: Any
    ) -> None:
        case = makers.answered(rui, priya)
        for number in range(8):
            services.post_message(of_user(rui), case.pk, f"Message {number}", NOW)
        client = browser_of(rui)
        with django_assert_max_num_queries(42):
            assert client.get(f"/cases/{case.pk}").status_code == 200

    def test_looking_changes_nothing(self, browser_of: Any, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        before = Event.objects.count(), Case.objects.values_list("updated_at", flat=True).get(pk=case.pk)
        browser_of(rui).get(f"/cases/{case.pk}")
        browser_of(priya).get(f"/my/cases/{case.pk}")
        assert before == (Event.objects.count(), Case.objects.values_list("updated_at", flat=True).get(pk=case.pk))


class TestLists:
    def test_the_export_is_safe_to_open_and_on_record(
        self, browser_of: Any, rui: User, lead: User, priya: User
    ) -> None:
        makers.decided(rui, lead, priya)
        type(priya.provider).objects.filter(pk=priya.provider_id).update(name="=HYPERLINK(1)")
        answer = browser_of(rui).post("/adjustments.csv")
        head, row = csv.reader(io.StringIO(answer.content.decode()))
        cells = dict(zip(head, row, strict=True))
        assert (cells["provider_name"], cells["amount"]) == ("'=HYPERLINK(1)", "40.00")
        assert Event.objects.filter(name="adjustments.exported", payload={"rows": 1}).count() == 1
        assert browser_of(rui).get("/adjustments.csv").status_code == 405

    def test_parked_work_is_shown_in_plain_words_and_tried_again(
        self, browser_of: Any, rui: User, lead: User, administrator: User, priya: User
    ) -> None:
        case = makers.opened(rui, makers.session(priya.provider))
        publish("case.attributed", case, SYSTEM, NOW)
        row = Delivery.objects.get(event__name="case.attributed")
        Delivery.objects.filter(pk=row.pk).update(parked_at=NOW, attempts=5, last_error="ConnectionError at send:1")
        page = browser_of(lead).get("/deliveries").content.decode()
        assert "A notice could not be sent" in page
        assert f'<a href="/cases/{case.pk}">Case</a>' in page
        assert "/cases/" not in browser_of(administrator).get("/deliveries").content.decode()  # ids only
        assert browser_of(rui).get("/deliveries").status_code == 403
        assert browser_of(rui).post(f"/deliveries/{row.pk}/retry").status_code == 403
        assert browser_of(administrator).post(f"/deliveries/{row.pk}/retry").status_code == 302
        row.refresh_from_db()
        assert (row.parked_at, row.attempts) == (None, 0)
        assert browser_of(lead).post(f"/deliveries/{row.pk}/retry").status_code == 409

    @pytest.mark.parametrize(
        ("label", "noun"),
        [("notes.notesrequest", "Notes request"), ("disputes.evidencepack", "Evidence pack"), ("notes.gone", "Gone")],
    )
    def test_parked_work_is_about_something_in_plain_words(self, lead: User, label: str, noun: str) -> None:
        event = Event.objects.create(name="case.attributed", subject_type=label, subject_id=new_id(), at=NOW)
        Delivery.objects.create(event=event, task="disputes.tasks.attribute", run_after=NOW, parked_at=NOW, attempts=5)
        assert [row["subject"] for row in deliveries.parked(of_user(lead))] == [noun]

    @pytest.mark.parametrize("label", deliveries.SUBJECTS)
    def test_what_parked_work_is_about_is_a_model_and_its_page_exists(self, lead: User, label: str) -> None:
        assert apps.get_model(label)._meta.label_lower == label
        event = Event.objects.create(name="case.attributed", subject_type=label, subject_id=new_id(), at=NOW)
        Delivery.objects.create(event=event, task="disputes.tasks.attribute", run_after=NOW, parked_at=NOW, attempts=5)
        [row] = deliveries.parked(of_user(lead))
        assert row["page"] == "" or str(event.subject_id) in row["page"]

    def test_a_new_dispute_is_entered_and_mistakes_are_named(self, browser_of: Any, rui: User, priya: User) -> None:
        client = browser_of(rui)
        wrong = client.post("/disputes/new", {"kind": "cancellation_fee", "amount": "75", "statement": "x"})
        assert wrong.status_code == 422
        assert "Name the session, or the provider by NPI." in wrong.content.decode()
        form = {"kind": "billing", "amount": "75.00", "statement": "Charged twice.", "service_date": "2026-11-10"}
        right = client.post("/disputes/new", {**form, "provider": priya.provider.npi})
        assert right.status_code == 302
        assert "Charged twice." in client.get(right["Location"]).content.decode()


class TestElsewhere:
    def test_a_session_page_leads_to_its_case_or_opens_one(
        self, browser_of: Any, rui: User, auditor: User, priya: User
    ) -> None:
        about = makers.session(priya.provider)
        page = browser_of(rui).get(f"/sessions/{about.pk}").content.decode()
        assert "Open a case" in page
        assert "Open a case" not in browser_of(auditor).get(f"/sessions/{about.pk}").content.decode()
        opened = browser_of(rui).post(f"/sessions/{about.pk}/case")
        assert opened["Location"] in browser_of(rui).get(f"/sessions/{about.pk}").content.decode()

    def test_a_providers_home_shows_what_waits(self, browser_of: Any, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        row = makers.dispute(of_user(rui), priya.provider)
        services.deliver(row.pk, NOW)
        page = browser_of(priya).get("/my").content.decode()
        assert f"/my/cases/{case.pk}" in page
        assert f"/my/disputes/{row.pk}" in page

    def test_a_standing_case_opens_the_notes_of_its_session_to_its_workers_only(
        self, rui: User, auditor: User, priya: User
    ) -> None:
        from disputes.plugs import review_is_open

        case = makers.answered(rui, priya)
        assert review_is_open(of_user(rui), case.session_id)
        assert not review_is_open(of_user(auditor), case.session_id)
        services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW)
        assert not review_is_open(of_user(rui), case.session_id)

    def test_a_question_about_a_request_joins_the_conversation(self, rui: User, priya: User) -> None:
        from disputes.plugs import take_question

        about = makers.session(priya.provider)
        assert not take_question(of_user(priya), about.pk, "Which times?", NOW)
        case = makers.in_conversation(rui, priya)
        assert take_question(of_user(priya), case.session_id, "Which times?", NOW)
        case.refresh_from_db()
        assert case.answered_at is None
