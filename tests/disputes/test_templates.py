"""Wordings in versions: a draft, a second person, what is offered, the way back; and messages that begin with one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from clawguard.access import Problem
from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.domain.message_templates import SHIPPED_VERSION, shipped
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState
from disputes import selectors, services
from disputes.models import Case, Message, TemplateVersion
from disputes.selectors.filled_templates import ready_for
from disputes.selectors.templates import wordings
from disputes.selectors.thread import thread
from disputes.services import Begun, Draft
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
NAME = "times_needed"
WORDS = {part: f"Words for {part}, {{case}}." for part in ("seen", "source", "ask", "by", "otherwise")}
LATER = NOW + dt.timedelta(hours=3)


@pytest.fixture
def sol(lead: User) -> User:
    return lead


@pytest.fixture
def sam(second_lead: User) -> User:
    return second_lead


def draft(**changes: Any) -> Draft:
    given: dict[str, Any] = {
        "title": "Times, please",
        "used_when": "Times are open.",
        "parts": WORDS,
        "reason": "Shorter.",
    }
    return Draft(**{**given, **changes})


def proposed(author: User, name: str = NAME, **changes: Any) -> TemplateVersion:
    row = services.edit_template(of_user(author), name, NOW)
    services.save_template(of_user(author), row.pk, draft(**changes), NOW)
    return services.propose_template(of_user(author), row.pk, NOW)


def published(author: User, second: User, **changes: Any) -> TemplateVersion:
    row = proposed(author, **changes)
    services.publish_template(of_user(second), row.pk, NOW)
    row.refresh_from_db()
    return row


class TestVersions:
    def test_what_is_shipped_is_offered_until_two_people_say_otherwise(self, sol: User, sam: User) -> None:
        assert wordings()[NAME].version == SHIPPED_VERSION
        row = proposed(sol)
        assert wordings()[NAME].version == SHIPPED_VERSION
        services.publish_template(of_user(sam), row.pk, NOW)
        assert (wordings()[NAME].version, wordings()[NAME].wording.title) == ("1", "Times, please")
        assert list(wordings()) == list(shipped())

    def test_nobody_agrees_to_their_own(self, sol: User) -> None:
        row = proposed(sol)
        with pytest.raises(Refused, match="second lead"):
            services.publish_template(of_user(sol), row.pk, NOW)

    def test_a_draft_is_its_authors_alone(self, sol: User, sam: User) -> None:
        row = services.edit_template(of_user(sol), NAME, NOW)
        assert services.edit_template(of_user(sol), NAME, NOW) == row
        with pytest.raises(NotAllowed):
            services.save_template(of_user(sam), row.pk, draft(), NOW)

    def test_only_leads_write(self, rui: User) -> None:
        with pytest.raises(NotAllowed):
            services.edit_template(of_user(rui), NAME, NOW)

    def test_an_unknown_placeholder_is_refused_by_its_name(self, sol: User) -> None:
        row = services.edit_template(of_user(sol), NAME, NOW)
        with pytest.raises(Problem) as refused:
            services.save_template(of_user(sol), row.pk, draft(parts={**WORDS, "seen": "{client}"}), NOW)
        assert [(bad.pointer, bad.code) for bad in refused.value.errors] == [("/seen", "unknown_placeholder")]
        assert "{client}" in refused.value.errors[0].message

    def test_it_says_why_before_anybody_is_asked(self, sol: User) -> None:
        row = services.edit_template(of_user(sol), NAME, NOW)
        services.save_template(of_user(sol), row.pk, draft(reason=""), NOW)
        with pytest.raises(Refused, match="why"):
            services.propose_template(of_user(sol), row.pk, NOW)

    def test_a_change_that_is_asked_for_gives_it_back(self, sol: User, sam: User) -> None:
        row = proposed(sol)
        services.return_template(of_user(sam), row.pk, "Name the source.", NOW)
        row.refresh_from_db()
        assert (row.status, row.returned_reason) == ("draft", "Name the source.")

    def test_taking_back_offers_the_one_before_and_at_last_the_shipped_one(self, sol: User, sam: User) -> None:
        first, second = published(sol, sam), published(sol, sam, title="Times again")
        first.refresh_from_db()
        assert (first.status, second.status) == ("superseded", "published")
        for offered, then in ((second, "1"), (first, SHIPPED_VERSION)):
            back = services.take_template_back(of_user(sam), offered.pk, "It reads worse.", NOW)
            assert services.take_template_back(of_user(sam), offered.pk, "Again.", NOW) == back
            with pytest.raises(Refused):
                services.publish_template(of_user(sam), back.pk, NOW)
            services.publish_template(of_user(sol), back.pk, NOW)
            assert wordings()[NAME].version == then

    def test_a_take_back_that_came_too_late_takes_nothing_back(self, sol: User, sam: User) -> None:
        first = published(sol, sam)
        back = services.take_template_back(of_user(sam), first.pk, "It reads worse.", NOW)
        published(sol, sam, title="Another")
        with pytest.raises(Refused, match="nothing to take back"):
            services.publish_template(of_user(sol), back.pk, NOW)

    def test_a_new_one_is_offered_once_agreed_to_and_gone_when_taken_back(self, sol: User, sam: User) -> None:
        row = services.start_template(of_user(sol), draft(title="Holiday greeting"), NOW)
        services.propose_template(of_user(sol), row.pk, NOW)
        services.publish_template(of_user(sam), row.pk, NOW)
        assert wordings()["holiday_greeting"].wording.title == "Holiday greeting"
        back = services.take_template_back(of_user(sol), row.pk, "Over.", NOW)
        services.publish_template(of_user(sam), back.pk, NOW)
        assert "holiday_greeting" not in wordings()

    @pytest.mark.parametrize("title", ["Times needed", "New", "!!!"])
    def test_a_name_that_is_taken_or_none_is_refused(self, sol: User, title: str) -> None:
        with pytest.raises(Problem):
            services.start_template(of_user(sol), draft(title=title), NOW)

    def test_what_is_over_moves_no_more(self, sol: User, sam: User) -> None:
        row = proposed(sol)
        services.discard_template(of_user(sol), row.pk, NOW)
        for act in (services.publish_template, services.discard_template):
            with pytest.raises((WrongState, NotAllowed)):
                act(of_user(sam), row.pk, NOW)

    @pytest.mark.parametrize("change", [{"title": "Other"}, {"parts": {}}, {"number": 9}])
    def test_the_database_keeps_what_was_laid_before_the_second_person(self, sol: User, change: dict[str, Any]) -> None:
        row = proposed(sol)
        with pytest.raises(DatabaseError), transaction.atomic():
            TemplateVersion.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


class TestMessages:
    def test_a_wording_speaks_of_this_case_on_the_providers_clock(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        case = selectors.get_case(of_user(rui), case.pk)
        text = ready_for(of_user(rui), case, "answer_waits").text
        assert case.title in text and "Mon 23 Nov, end of day (your time)" in text

    def test_it_is_sent_as_it_stands_and_remembers_where_it_came_from(self, rui: User, priya: User) -> None:
        case = selectors.get_case(of_user(rui), makers.in_conversation(rui, priya).pk)
        ready = ready_for(of_user(rui), case, "answer_waits")
        begun = Begun(ready.name, ready.version)
        sent = services.post_message(of_user(rui), case.pk, ready.text, LATER, begun=begun)
        own = services.post_message(of_user(rui), case.pk, f"{ready.text} Thanks!", LATER, begun=begun)
        kept = [(row.template, row.template_version, row.reworded) for row in (sent, own)]
        assert kept == [("answer_waits", SHIPPED_VERSION, False), ("answer_waits", SHIPPED_VERSION, True)]

    def test_what_is_still_open_in_it_is_not_sent(self, rui: User, priya: User) -> None:
        case = selectors.get_case(of_user(rui), makers.in_conversation(rui, priya).pk)
        ready = ready_for(of_user(rui), case, "fee_disputed")
        assert ready.unknown == ("fee",)
        with pytest.raises(Refused, match="fee"):
            services.post_message(of_user(rui), case.pk, ready.text, LATER)

    def test_a_version_that_nobody_agreed_to_is_no_beginning(self, rui: User, priya: User, sol: User) -> None:
        case = makers.in_conversation(rui, priya)
        row = proposed(sol)
        for version in (str(row.number), "7", "x", ""):
            with pytest.raises(Refused):
                services.post_message(of_user(rui), case.pk, "Words.", LATER, begun=Begun(NAME, version))

    def test_the_mail_says_only_that_a_message_waits(self, rui: User, priya: User) -> None:
        case = selectors.get_case(of_user(rui), makers.in_conversation(rui, priya).pk)
        ready = ready_for(of_user(rui), case, "answer_waits")
        mail.outbox.clear()
        services.post_message(of_user(rui), case.pk, ready.text, LATER, begun=Begun(ready.name, ready.version))
        makers.work(LATER)
        sent = mail.outbox[-1]
        words = sent.subject + sent.body + str(sent.alternatives)
        assert not [secret for secret in ("90837", "16 Sep", "nothing to add", case.title) if secret in words]

    def test_the_provider_reads_the_words_and_not_where_they_came_from(self, rui: User, priya: User) -> None:
        case = selectors.get_case(of_user(rui), makers.in_conversation(rui, priya).pk)
        services.post_message(of_user(rui), case.pk, "Words.", LATER, begun=Begun(NAME, SHIPPED_VERSION))
        assert "template" not in thread(of_user(priya), case)[-1]
        assert thread(of_user(rui), case)[-1]["template"] == NAME

    def test_which_wording_it_was_is_kept(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        row = services.post_message(of_user(rui), case.pk, "Words.", LATER, begun=Begun(NAME, SHIPPED_VERSION))
        with pytest.raises(DatabaseError), transaction.atomic():
            Message.objects.filter(pk=row.pk).update(template="other")

    def test_an_unknown_wording_is_not_found(self, rui: User, priya: User) -> None:
        with pytest.raises(NotFound):
            ready_for(of_user(rui), makers.in_conversation(rui, priya), "nothing")


class TestDoors:
    @pytest.fixture
    def case(self, rui: User, priya: User) -> Case:
        return makers.in_conversation(rui, priya)

    def test_the_chooser_adds_to_what_is_typed_and_stores_nothing(self, client: Client, rui: User, case: Case) -> None:
        client.force_login(rui)
        form = {"template": "answer_waits", "text": "Good morning."}
        part = client.post(reverse("case-wording", args=[case.pk]), form, headers={"HX-Request": "true"})
        page = client.post(reverse("case-wording", args=[case.pk]), form)
        for answer in (part, page):
            words = answer.content.decode()
            assert answer.status_code == 200
            assert "Good morning.\n\nWe wrote to you about" in words
            assert f'name="begun_version" value="{SHIPPED_VERSION}"' in words
        assert "<html" not in part.content.decode() and "<html" in page.content.decode()
        assert Message.objects.filter(case=case, kind="message").count() == 0

    def test_values_are_escaped_on_the_page(self, client: Client, rui: User, case: Case) -> None:
        type(case.provider).objects.filter(pk=case.provider_id).update(name="<b>Priya</b>")
        client.force_login(rui)
        form = {"template": "answer_waits", "text": "<script>"}
        page = client.post(reverse("case-wording", args=[case.pk]), form).content.decode()
        assert "<b>Priya" not in page and "&lt;script&gt;" in page

    def test_without_a_choice_it_says_so(self, client: Client, rui: User, case: Case) -> None:
        client.force_login(rui)
        answer = client.post(reverse("case-wording", args=[case.pk]), {"text": "Hello"})
        assert answer.status_code == 422 and "Choose a wording first." in answer.content.decode()

    def test_the_page_sends_it_with_its_version(self, client: Client, rui: User, case: Case) -> None:
        client.force_login(rui)
        form = {"text": "Words.", "begun": NAME, "begun_version": SHIPPED_VERSION}
        client.post(reverse("case-message", args=[case.pk]), form)
        assert Message.objects.get(case=case, kind="message").template == NAME

    def test_a_program_lists_previews_and_sends(self, api_of: Any, case: Case) -> None:
        client = api_of("cases:read", "cases:write")
        listed = client.get("/api/v1/message-templates").json()
        assert [row["name"] for row in listed["results"]] == list(shipped())
        assert "reply_by" in listed["placeholders"]
        given: dict[str, Any] = {"format": "json"}
        address = f"/api/v1/cases/{case.pk}/messages"
        seen = client.post(f"{address}/preview", {"template": "answer_waits"}, **given).json()
        assert seen["unknown"] == [] and case.title in seen["text"]
        sent = client.post(address, {"template": "answer_waits"}, HTTP_IDEMPOTENCY_KEY="m1", **given)
        assert sent.status_code == 201
        last = client.get(address).json()["results"][-1]
        assert (last["text"], last["template"], last["reworded"]) == (seen["text"], "answer_waits", False)
        open_one = client.post(address, {"template": "fee_disputed"}, HTTP_IDEMPOTENCY_KEY="m2", **given)
        assert (open_one.status_code, open_one.json()["code"]) == (422, "left_open")

    def test_a_lead_writes_and_a_second_one_publishes_in_the_pages(self, client: Client, sol: User, sam: User) -> None:
        client.force_login(sol)
        page = client.post(reverse("template-edit", args=[NAME]))
        version = TemplateVersion.objects.get()
        assert page["Location"] == reverse("template-version", args=[version.pk])
        bad = client.post(page["Location"], {**WORDS, "title": "T", "used_when": "W", "seen": "{nobody}"})
        assert bad.status_code == 422 and "{nobody}" in bad.content.decode()
        form = {**WORDS, "title": "Times, please", "used_when": "Times are open.", "reason": "Shorter."}
        assert client.post(page["Location"], form).status_code == 302
        client.post(reverse("template-propose", args=[version.pk]))
        own = client.post(reverse("template-publish", args=[version.pk]))
        assert own.status_code == 422
        client.force_login(sam)
        assert client.post(reverse("template-publish", args=[version.pk])).status_code == 302
        shown = client.get(reverse("template", args=[NAME])).content.decode()
        assert "Version: 1." in shown and "Take it back" in shown
        assert "Times, please" in client.get(reverse("templates")).content.decode()
