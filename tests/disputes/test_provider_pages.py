"""What a provider does on their own pages of cases and disputes."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard import clock
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import Case
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


class TestProviderPages:
    def test_a_case_is_answered_with_one_button(self, browser_of: Any, rui: User, priya: User, settings: Any) -> None:
        settings.MOVABLE_CLOCK = True
        case = makers.in_conversation(rui, priya)
        client = browser_of(priya)
        with clock.pretend(NOW):
            page = client.get(f"/my/cases/{case.pk}").content.decode()
            client.post(f"/my/cases/{case.pk}/message", {"kind": "nothing"})
        assert "We would like to hear from you" in page
        assert "As it looks to us now:" in page  # a proposal is no decision
        assert "142.50" not in page  # the fix comes first; money at risk is not shown
        case.refresh_from_db()
        assert case.status == "answered"

    @pytest.mark.parametrize(
        ("kind", "text", "told"),
        [
            ("question", " ", '<a href="#text">Write something first.</a>'),
            ("nothing", "She came at ten.", '<a href="#text">You typed something.'),
        ],
    )
    def test_a_message_that_is_not_sent_leads_to_its_field_and_keeps_what_was_typed(
        self, browser_of: Any, rui: User, priya: User, settings: Any, kind: str, text: str, told: str
    ) -> None:
        settings.MOVABLE_CLOCK = True
        case, client = makers.in_conversation(rui, priya), browser_of(priya)
        with clock.pretend(NOW):
            answer = client.post(f"/my/cases/{case.pk}/message", {"kind": kind, "text": text})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert told in page and f">{text}</textarea>" in page
        case.refresh_from_db()
        assert case.status == "in_conversation"

    def test_an_appeal_is_sent_from_the_page(self, browser_of: Any, rui: User, lead: User, priya: User) -> None:
        case = makers.decided(rui, lead, priya)
        # the page reads the real clock; the decision of the story lies before it, the appeal time may be over
        Case.objects.filter(pk=case.pk).update(appeal_until="2999-01-01T00:00Z")
        answer = browser_of(priya).post(f"/my/cases/{case.pk}/appeal", {"reason": "My note shows 55 minutes."})
        assert answer.status_code == 302
        case.refresh_from_db()
        assert case.status == "appealed"

    def test_an_appeal_after_silence_says_whose_turn_it_is(
        self, browser_of: Any, rui: User, lead: User, priya: User
    ) -> None:
        case = makers.in_conversation(rui, priya)
        due = case.answer_due_at
        services.lapse_answers(due)
        services.decide(of_user(rui), case.pk, makers.verdict("provider"), due)
        services.approve(of_user(lead), case.pk, due)
        services.appeal(of_user(priya), case.pk, "The note was written that evening.", due)
        page = browser_of(priya).get(f"/my/cases/{case.pk}").content.decode()
        assert "It is our turn" in page
        assert "Send my answer" not in page

    def test_a_dispute_is_answered_or_let_go(self, browser_of: Any, rui: User, priya: User) -> None:
        client = browser_of(priya)
        answers = (({"text": "They came late."}, "answered"), ({"answer": "concede"}, "conceded"))
        for form, status in (*answers, ({"answer": "waive", "text": "This once."}, "conceded")):
            row = makers.dispute(of_user(rui), priya.provider)
            from clawguard.clock import now

            services.deliver(row.pk, now())
            assert client.get(f"/my/disputes/{row.pk}").status_code == 200
            client.post(f"/my/disputes/{row.pk}/answer", form)
            row.refresh_from_db()
            assert row.status == status

    def test_strangers_get_404_everywhere(self, browser_of: Any, rui: User, priya: User, colleague: User) -> None:
        case, row = makers.in_conversation(rui, priya), makers.dispute(of_user(rui), priya.provider)
        services.deliver(row.pk, NOW)
        client = browser_of(colleague)
        for path in (f"/my/cases/{case.pk}", f"/my/disputes/{row.pk}", f"/cases/{case.pk}", f"/disputes/{row.pk}"):
            answer = client.get(path, follow=True)
            assert answer.status_code == 404, path
        for path in (f"/my/cases/{case.pk}/message", f"/my/disputes/{row.pk}/answer", f"/cases/{case.pk}/decide"):
            assert client.post(path, {"text": "x"}).status_code == 404, path
