"""What a case page says before anything can be done, and where a refusal leads."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from clawguard import clock
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.ids import new_id
from disputes import services
from disputes.models import Case, Proposal
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


def page_of(client: Any, case: Case) -> str:
    answer = client.get(f"/cases/{case.pk}")
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def test_a_missing_answer_leads_to_the_form_that_takes_it(browser_of: Any, rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    row = Proposal.objects.filter(case=case).latest("number")
    asked = [
        {"fact": "eligibility_shown", "who_can_supply": "network", "question": "What did it show?"},
        {"fact": "answer.in_time", "who_can_supply": "provider", "question": "Was it in time?"},
    ]
    row.pk, row.number, row.attribution = new_id(), row.number + 1, {**row.attribution, "missing": asked}
    row.save(force_insert=True)
    client = browser_of(rui)
    page = page_of(client, case)
    assert re.findall(r'data-adds-fact="([^"]*)"', page) == ["eligibility_shown"], "clocks are nobody's to type"
    [link] = re.findall(r'href="(\?fact=[^"#]*)#add-fact"', page)
    opened = client.get(f"/cases/{case.pk}{link}").content.decode()
    assert '<details id="add-fact" open>' in opened and '<option value="eligibility_shown" selected>' in opened
    assert '<details id="add-fact">' in page


def test_before_the_first_letter_the_page_says_when_it_goes_out(
    browser_of: Any, rui: User, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = makers.opened(rui, makers.session(priya.provider))
    client = browser_of(rui)
    monkeypatch.setattr("clawguard.access.pages.read_clock", lambda: NOW)
    assert "The notice is being sent." in page_of(client, case)
    evening = NOW.replace(hour=3) + dt.timedelta(days=1)  # 22:00 in New York
    monkeypatch.setattr("clawguard.access.pages.read_clock", lambda: evening)
    assert "working hours, Thu 19 Nov at 08:00 their time." in page_of(client, case)
    Case.objects.filter(pk=case.pk).update(notice_undeliverable_at=NOW)
    page = page_of(client, case)
    assert "No notice was delivered." in page and "goes out" not in page


def test_who_waits_for_an_answer_is_told_so_before_deciding(browser_of: Any, rui: User, priya: User) -> None:
    client = browser_of(rui)
    waiting, heard = makers.in_conversation(rui, priya), makers.answered(rui, priya)
    assert "This can be decided once" in page_of(client, waiting)
    assert "can be decided" not in page_of(client, heard)
    opened = makers.opened(rui, makers.session(priya.provider))
    assert "Nothing can be decided before the notice is delivered" in page_of(client, opened)
    Case.objects.filter(pk=opened.pk).update(notice_undeliverable_at=clock.now())
    assert "Nothing can be decided before" not in page_of(client, opened), "a network error can"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"party": "nonsense"}, "party"),
        ({"clause": "network.status_told_wrong"}, "clause"),
        ({"outcome": ""}, "outcome"),
        ({"amount": "forty"}, "amount"),
        ({"explanation": " "}, "explanation"),
        ({"evidence": []}, "evidence"),
    ],
)
def test_a_refused_decision_leads_to_its_field(
    browser_of: Any, rui: User, priya: User, changed: dict[str, Any], field: str
) -> None:
    case = makers.answered(rui, priya)
    right = {"party": "provider", "clause": "provider.coding", "outcome": "recover", "amount": "40.00"}
    typed = {**right, "explanation": "47 minutes.", "evidence": ["date_of_service"], **changed}
    page = browser_of(rui).post(f"/cases/{case.pk}/decide", typed).content.decode()
    summary = page[page.index("data-error-summary") : page.index("columns-3")]
    assert f'<a href="#{field}">' in summary and f'id="{field}"' in page


@pytest.mark.parametrize(("typed", "field"), [({"internal": "yes"}, "note"), ({}, "message")])
def test_an_empty_message_leads_to_the_field_it_was_missed_in(
    browser_of: Any, rui: User, priya: User, typed: dict[str, str], field: str
) -> None:
    case = makers.answered(rui, priya)
    page = browser_of(rui).post(f"/cases/{case.pk}/message", {"text": " ", **typed}).content.decode()
    assert f'<li><a href="#{field}">' in page and f'id="{field}"' in page


def test_closing_is_offered_when_it_can_be_done(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya)
    makers.work(NOW)
    client = browser_of(rui)
    page = page_of(client, case)
    assert "It can be closed once every line is true." in page and 'data-dialog="close-case"' not in page
    refused = client.post(f"/cases/{case.pk}/close").content.decode()
    assert "It cannot be closed yet. This is not so: “The time to appeal is over”." in refused
    over = clock.now() - dt.timedelta(days=1)
    Case.objects.filter(pk=case.pk).update(appeal_until=over, breach_at=over)
    page = page_of(client, case)
    assert 'data-dialog="close-case"' in page and "It can be closed once" not in page
    assert client.post(f"/cases/{case.pk}/close").status_code == 302


def test_whoever_agrees_reads_what_they_agree_to(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    services.decide(of_user(rui), case.pk, makers.verdict(), NOW)
    page = page_of(browser_of(lead), case)
    dialog = page[page.index('<dialog class="dialog" id="approve"') :]
    what = "Provider error: propose to recover the payment, $40.00"
    assert f"{what}. It becomes final under both names" in dialog[: dialog.index("</dialog>")]
    assert f'<p class="strong">{what}</p>' in page


def test_an_answer_that_came_is_not_called_due(
    browser_of: Any, rui: User, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser_of(rui)
    silent, heard = makers.in_conversation(rui, priya), makers.answered(rui, priya)
    page = page_of(client, heard)
    assert "Answer to our notice: came <time" in page and "was due" not in page and "no longer awaited" not in page
    Case.objects.filter(pk=silent.pk).update(status="answer_lapsed", answer_lapsed_at=silent.answer_due_at)
    monkeypatch.setattr("clawguard.access.pages.read_clock", lambda: NOW + dt.timedelta(days=9))
    page = page_of(client, silent)
    assert "Answer to our notice: was due" in page and "came <time" not in page
