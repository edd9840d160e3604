"""Somebody answers in a provider's name: invited, seen only what is theirs to answer, signed with both names, ended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clawguard import clock
from clawguard.accounts import devices
from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import Delegation, Role, User
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from notes import selectors, services
from notes.models import Note, NotesRequest
from tests import builders
from tests.notes.conftest import CANARY, answer

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(priya: User) -> User:
    """Sees only what Priya hands over."""
    return builders.delegate(priya.provider, everything=False)


@pytest.fixture
def delegation(dana: User) -> Delegation:
    return Delegation.objects.get(delegate=dana)


@pytest.fixture
def deputy(priya: User) -> User:
    """Sees all that waits for Priya."""
    return builders.delegate(priya.provider, "Deputy Test")


def run(name: str, now: dt.datetime) -> None:
    """What a worker does with the newest event of this name."""
    event = Event.objects.filter(name=name).latest("pk")
    {"delegate.invited": services.send_invitation, "notes.handed_over": services.tell_handed}[name](event, now)


def invite(priya: User, now: dt.datetime, **changes: Any) -> Delegation:
    given = {"name": "Nadia Test", "email": "Nadia@Example.com", "everything": False, **changes}
    return services.invite_delegate(of_user(priya), given["name"], given["email"], given["everything"], now)


def token_of(message: Any) -> str:
    found = re.search(r"/delegates/invitation/([\w-]+)", message.body)
    assert found
    return found[1]


def test_an_invitation_is_looked_at_without_harm_and_accepted_by_a_button(
    priya: User, now: dt.datetime, settings: Any
) -> None:
    settings.NEW_DEVICE_CODE = False
    row = invite(priya, now)
    run("delegate.invited", now)
    (message,) = mail.outbox
    assert message.to == ["nadia@example.com"]
    assert "Priya" in message.body or str(priya.provider) in message.body
    path = reverse("invitation", args=[token_of(message)])
    browser = Client()
    with clock.pretend(now):
        assert browser.get(path).status_code == browser.get(path).status_code == 200
        assert not User.objects.filter(email="nadia@example.com").exists()
        answered = browser.post(path)
    assert (answered.status_code, answered["Location"]) == (302, "/my")
    nadia = User.objects.get(email="nadia@example.com")
    assert (nadia.role, nadia.name) == (Role.DELEGATE, "Nadia Test")
    assert not nadia.has_usable_password()
    row.refresh_from_db()
    assert row.delegate == nadia
    assert browser.post(path).status_code == 410  # it works once


def test_a_browser_new_to_a_delegate_needs_the_mailed_code(priya: User, now: dt.datetime, settings: Any) -> None:
    settings.NEW_DEVICE_CODE = True
    invite(priya, now)
    run("delegate.invited", now)
    browser = Client()
    with clock.pretend(now):
        answered = browser.post(reverse("invitation", args=[token_of(mail.outbox[0])]))
    assert answered["Location"] == reverse("sign-in-code")
    assert browser.get("/my")["Location"].startswith("/sign-in")
    assert not devices.of(User.objects.get(email="nadia@example.com"), now).exists()


def test_an_invitation_runs_out_and_can_be_taken_back(priya: User, now: dt.datetime) -> None:
    row = invite(priya, now)
    run("delegate.invited", now)
    token = token_of(mail.outbox[0])
    with pytest.raises(services.InvitationSpent, match="expired"):
        services.accept_invitation(token, now + 7 * DAY)
    services.end_delegation(of_user(priya), row.pk, now)
    with pytest.raises(services.InvitationSpent, match="unknown"):
        services.accept_invitation(token, now)


def test_the_same_invitation_is_mailed_once_whatever_a_worker_repeats(priya: User, now: dt.datetime) -> None:
    invite(priya, now)
    run("delegate.invited", now)
    run("delegate.invited", now)
    assert len(mail.outbox) == 1
    services.accept_invitation(token_of(mail.outbox[0]), now)  # the second run made no other token


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.BILLING])
def test_an_address_with_another_role_does_not_become_a_delegate(
    priya: User, now: dt.datetime, role: Role, colleague: User, rui: User
) -> None:
    other = colleague if role == Role.PROVIDER else rui
    invite(priya, now, email=other.email)
    run("delegate.invited", now)
    with pytest.raises(services.InvitationSpent, match="other_role"):
        services.accept_invitation(token_of(mail.outbox[0]), now)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"email": "nobody"}, "email_invalid"),
        ({"name": " "}, "required"),
        ({"email": "priya.test@example.com"}, "own_address"),
    ],
)
def test_an_invitation_that_cannot_be_sent_says_why(
    priya: User, now: dt.datetime, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        invite(priya, now, **changes)
    assert refused.value.code == code


def test_nobody_but_the_provider_names_or_ends_delegates(
    priya: User, colleague: User, rui: User, deputy: User, now: dt.datetime
) -> None:
    row = Delegation.objects.get(delegate=deputy)
    for stranger in (rui, deputy):
        with pytest.raises(NotAllowed):
            services.invite_delegate(of_user(stranger), "X Test", "x@example.com", True, now)
        with pytest.raises(NotAllowed):
            services.end_delegation(of_user(stranger), row.pk, now)
    with pytest.raises(NotFound):
        services.end_delegation(of_user(colleague), row.pk, now)


def test_a_delegate_answers_and_both_names_stand_under_it(
    priya: User, deputy: User, opened: NotesRequest, now: dt.datetime
) -> None:
    note = services.submit_answer(of_user(deputy), opened.pk, answer(), now).note
    assert note is not None
    assert note.attested_by_name == "Deputy Test for Provider 1"
    event = Event.objects.get(name="notes.received")
    assert (event.actor_role, event.actor_name) == ("delegate", "Deputy Test for Provider 1")
    opened.refresh_from_db()
    assert opened.status == RequestState.ANSWERED


def test_long_names_both_find_room(priya: User, deputy: User, opened: NotesRequest, now: dt.datetime) -> None:
    User.objects.filter(pk=deputy.pk).update(name="D" * 120)
    type(priya.provider).objects.filter(pk=priya.provider_id).update(name="P" * 120)
    deputy.refresh_from_db()
    note = services.submit_answer(of_user(deputy), opened.pk, answer(), now).note
    assert note is not None
    assert len(note.attested_by_name) <= 120
    assert re.fullmatch(r"D+… for P+…", note.attested_by_name)


def test_only_what_was_handed_over_is_there_and_only_as_long(
    priya: User, dana: User, delegation: Delegation, make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    one, other = make_opened(), make_opened()
    assert not selectors.visible_requests(of_user(dana)).exists()
    services.hand_over(of_user(priya), one.pk, delegation.pk, now)
    assert list(selectors.visible_requests(of_user(dana))) == [one]
    with pytest.raises(NotFound):
        services.submit_answer(of_user(dana), other.pk, answer(), now)
    services.take_back(of_user(priya), one.pk, now)
    with pytest.raises(NotFound):
        services.submit_answer(of_user(dana), one.pk, answer(), now)


def test_what_is_ended_is_over_with_the_next_click(
    priya: User, deputy: User, opened: NotesRequest, browser_of: Any, now: dt.datetime
) -> None:
    browser = browser_of(deputy)
    page = reverse("my-request", args=[opened.pk])
    assert browser.get(page).status_code == 200
    services.end_delegation(of_user(priya), Delegation.objects.get(delegate=deputy).pk, now)
    assert browser.get(page).status_code == 404
    assert "You answer for nobody at present" in browser.get("/my").content.decode()
    with pytest.raises(NotFound):
        services.submit_answer(of_user(deputy), opened.pk, answer(), now)


def test_nothing_of_earlier_records_is_shown(
    priya: User, send: Callable[..., services.Outcome], make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    before = make_opened()
    note = send(before, now - DAY).note
    late_comer = builders.delegate(priya.provider, "Late Test")
    actor = of_user(late_comer)
    assert not selectors.visible_requests(actor).filter(pk=before.pk).exists()
    later = make_opened()
    theirs = send(later, now + DAY).note  # answered by Priya while the delegate stood: they know of it
    assert list(selectors.visible_requests(actor)) == [later]
    for kept in (note, theirs):  # and read none of her words
        with pytest.raises(NotFound):
            selectors.read_note(actor, kept.pk, door="page", reason="", now=now)
    assert not selectors.visible_notes(actor).exists()


def test_a_delegate_reads_again_what_they_sent(
    priya: User, deputy: User, opened: NotesRequest, now: dt.datetime
) -> None:
    note = services.submit_answer(of_user(deputy), opened.pk, answer(), now).note
    assert note is not None
    found = selectors.read_note(of_user(deputy), note.pk, door="page", reason="", now=now)
    assert CANARY in found.text
    services.end_delegation(of_user(priya), Delegation.objects.get(delegate=deputy).pk, now)
    with pytest.raises(NotFound):
        selectors.read_note(of_user(deputy), note.pk, door="page", reason="", now=now)


def test_handing_over_tells_the_delegate_once(
    priya: User, dana: User, delegation: Delegation, opened: NotesRequest, now: dt.datetime
) -> None:
    mail.outbox.clear()
    services.hand_over(of_user(priya), opened.pk, delegation.pk, now)
    services.hand_over(of_user(priya), opened.pk, delegation.pk, now)
    assert Event.objects.filter(name="notes.handed_over").count() == 1
    run("notes.handed_over", now)
    run("notes.handed_over", now)
    (message,) = mail.outbox
    assert message.to == [dana.email]
    assert "You answer for Provider 1." in message.body
    assert CANARY not in message.body


def test_mail_goes_to_a_delegate_about_theirs_alone(
    priya: User, dana: User, delegation: Delegation, make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    one, _other = make_opened(), make_opened()
    services.hand_over(of_user(priya), one.pk, delegation.pk, now)
    mail.outbox.clear()
    assert services.remind_due(now + DAY) == 1
    event = Event.objects.get(name="notes.reminder_due")
    services.send_reminder(event, now + DAY)
    counts = {message.to[0]: message.subject for message in mail.outbox}
    assert "2 sessions" in counts[priya.email]
    assert "one session" in counts[dana.email]


def test_the_page_of_a_request_hands_it_over_and_says_so(
    priya: User, dana: User, delegation: Delegation, opened: NotesRequest, browser_of: Any, rui: User
) -> None:
    browser, page = browser_of(priya), reverse("my-request", args=[opened.pk])
    assert 'href="#hand-over"' in browser.get(page).content.decode()
    browser.post(reverse("my-hand-over", args=[opened.pk]), {"delegation": str(delegation.pk)})
    assert "Dana Test</strong> can answer this, too" in browser.get(page).content.decode()
    seen = browser_of(dana).get(page).content.decode()
    assert "You answer for <strong>Provider 1</strong>" in seen
    assert "I attest, for Provider 1," in seen
    assert "#hand-over" not in seen  # what was handed over is not handed on
    assert (
        "Dana Test may answer for Provider 1"
        in browser_of(rui).get(reverse("request-page", args=[opened.pk])).content.decode()
    )


def test_a_note_counts_as_the_providers_own_answer_everywhere(
    priya: User, deputy: User, opened: NotesRequest, now: dt.datetime
) -> None:
    services.submit_answer(of_user(deputy), opened.pk, answer(), now)
    assert Note.objects.get().session.provider == priya.provider
    assert selectors.deadlines_kept(of_user(priya), opened.due_at).kept == 1
