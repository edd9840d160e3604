"""Letters speak in wordings that leads edit: the next letter, its preview and the provider's page say the new words,
one that was sent keeps its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from clawguard.access import Problem
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.message_templates import SHIPPED_VERSION
from clawguard.events.errors import NotFound, Refused
from disputes import letters, services
from disputes.models import Case, Message, TemplateVersion
from disputes.selectors.filled_templates import ready_for
from disputes.selectors.letters import letters_of
from disputes.services import Begun, Draft
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
RECOVER = {
    "seen": "Our look at {case} is over.",
    "source": "On record is:",
    "ask": "You need do nothing.",
    "by": "An appeal is open until {appeal_until}.",
    "otherwise": "To recover {amount} is proposed, and nothing is taken by it.",
}
NOTICE = RECOVER | {
    "seen": "{case} is before us.",
    "by": "Tell us by {answer_due}.",
    "otherwise": "Then people decide.",
}


def publish(author: User, second: User, name: str, parts: dict[str, str]) -> str:
    row = services.edit_template(of_user(author), name, NOW)
    services.save_template(of_user(author), row.pk, Draft("Ours", "When it fits.", parts, "Shorter."), NOW)
    services.propose_template(of_user(author), row.pk, NOW)
    services.publish_template(of_user(second), row.pk, NOW)
    return str(row.number)


def chosen(**changes: Any) -> letters.Choices:
    given: dict[str, Any] = {
        "party": "provider",
        "clause": "provider.coding",
        "outcome": "recover",
        "said": "The code and the time differ.",
        "amount": makers.verdict("provider").amount,
        "ticked": [],
    }
    return letters.Choices(**{**given, **changes})


def sent(case: Case, kind: str) -> tuple[str, Message]:
    letter = [row for row in letters_of(case) if row.row.kind == kind][-1]
    return letter.words, letter.row


def test_the_shipped_words_are_sent_until_two_leads_say_otherwise(rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya)
    makers.work(NOW + 6 * HOUR)
    words, row = sent(case, "decision")
    assert "A recovery of $40.00 is proposed to the payments team" in words
    assert (row.template, row.template_version, row.reworded) == ("letter_recover", SHIPPED_VERSION, False)
    _words, notice = sent(case, "notice")
    assert (notice.template, notice.template_version) == ("letter_notice", SHIPPED_VERSION)


def test_what_two_leads_publish_is_in_preview_letter_and_page(
    rui: User, lead: User, second_lead: User, priya: User, browser_of: Any
) -> None:
    number = publish(lead, second_lead, "letter_recover", RECOVER)
    case = makers.decided(rui, lead, priya)
    preview = letters.preview(case, chosen())
    assert f"Our look at {case.title} is over." in preview
    assert "An appeal is open until 10 business days after this letter reaches you." in preview
    page = browser_of(priya).get(reverse("my-case", args=[case.pk])).content.decode()  # before its letter is there
    assert "To recover $40.00 is proposed" in page
    makers.work(NOW + 6 * HOUR)
    words, row = sent(case, "decision")
    assert "To recover $40.00 is proposed, and nothing is taken by it." in words
    assert "An appeal is open until " in words and "[" not in words
    assert (row.template, row.template_version) == ("letter_recover", number)


def test_a_letter_that_was_sent_and_the_page_beside_it_keep_their_words(
    rui: User, lead: User, second_lead: User, priya: User, browser_of: Any
) -> None:
    case = makers.decided(rui, lead, priya)
    makers.work(NOW + 6 * HOUR)
    before = [(letter.words, letter.row.template_version) for letter in letters_of(case)]
    publish(lead, second_lead, "letter_recover", RECOVER)
    publish(lead, second_lead, "letter_notice", NOTICE)
    assert [(letter.words, letter.row.template_version) for letter in letters_of(case)] == before
    page = browser_of(priya).get(reverse("my-case", args=[case.pk])).content.decode()
    assert "A recovery of $40.00 is proposed" in page and "To recover" not in page


def test_the_notice_says_the_words_of_its_wording_and_its_own_due_day(
    rui: User, lead: User, second_lead: User, priya: User
) -> None:
    publish(lead, second_lead, "letter_notice", NOTICE)
    words, _row = sent(makers.in_conversation(rui, priya), "notice")
    assert "is before us." in words and "Tell us by Mon 23 Nov, end of day (your time)." in words
    assert "third business day after this notice reached you" in words


def test_a_preview_says_what_is_not_chosen_yet(rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    assert "No outcome is chosen yet." in letters.preview(case, chosen(outcome=""))
    assert "[amount: not known yet]" in letters.preview(case, chosen(amount=None))


def test_one_without_its_amount_is_not_kept(lead: User) -> None:
    row = services.edit_template(of_user(lead), "letter_recover", NOW)
    words = Draft("Ours", "When it fits.", RECOVER | {"otherwise": "A recovery is proposed."}, "Shorter.")
    with pytest.raises(Problem) as refused:
        services.save_template(of_user(lead), row.pk, words, NOW)
    assert [(bad.pointer, bad.code) for bad in refused.value.errors] == [("/otherwise", "missing_placeholder")]


def test_no_message_begins_with_a_letter(rui: User, priya: User, browser_of: Any) -> None:
    case = makers.in_conversation(rui, priya)
    with pytest.raises(NotFound):
        ready_for(of_user(rui), case, "letter_recover")
    with pytest.raises(Refused, match="wordings"):
        services.post_message(of_user(rui), case.pk, "Hi.", NOW, begun=Begun("letter_recover", SHIPPED_VERSION))
    page = browser_of(rui).get(reverse("case", args=[case.pk])).content.decode()
    assert 'value="answer_waits"' in page and 'value="letter_' not in page


def test_leads_find_the_letters_beside_the_messages_and_what_each_has_to_tell(lead: User, browser_of: Any) -> None:
    browser = browser_of(lead)
    assert "Decision: a recovery is proposed" in browser.get(reverse("templates")).content.decode()
    version = services.edit_template(of_user(lead), "letter_recover", NOW)
    draft = browser.get(reverse("template-version", args=[version.pk])).content.decode()
    assert draft.count("this letter has to tell it") == 2 and "{findings}" not in draft


def test_staff_read_the_name_that_people_gave_a_wording_and_no_name_of_programs(
    rui: User, lead: User, second_lead: User, priya: User, browser_of: Any
) -> None:
    case = makers.in_conversation(rui, priya)
    number = publish(lead, second_lead, "letter_notice", NOTICE)  # by the title "Ours"
    other = makers.in_conversation(rui, priya, client="C-2")
    told = ((case, f"Wording “Notice of a case”, {SHIPPED_VERSION}<"), (other, f"Wording “Ours”, version {number}<"))
    for row, words in told:
        page = browser_of(rui).get(reverse("case", args=[row.pk])).content.decode()
        assert words in page
        assert "letter_notice" not in page
    page = browser_of(priya).get(reverse("my-case", args=[case.pk])).content.decode()
    assert "Wording “" not in page


def test_the_page_of_a_version_is_headed_by_its_title(lead: User, second_lead: User, browser_of: Any) -> None:
    publish(lead, second_lead, "letter_notice", NOTICE)
    current = TemplateVersion.objects.get()
    back = services.take_template_back(of_user(lead), current.pk, "It was better before.", NOW)
    for row in (current, back):
        page = browser_of(lead).get(reverse("template-version", args=[row.pk])).content.decode()
        assert f"<title>{current.title}, version {row.number}" in page
        assert ">letter_notice<" not in page
