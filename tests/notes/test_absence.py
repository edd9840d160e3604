"""A provider is away: what waits and what comes goes to a delegate, staff see it, the clock goes on, undo undoes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import Absence, Delegation, User
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes import services as disputes
from disputes.selectors import visible_disputes
from notes import selectors, services
from notes.models import NotesRequest
from tests import builders
from tests.disputes import makers

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 18)
pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(priya: User) -> User:
    """Sees only what is handed over."""
    return builders.delegate(priya.provider, everything=False)


@pytest.fixture
def away(priya: User, dana: User, now: dt.datetime) -> Callable[..., Absence]:
    """Priya enters an absence: ``away(first, last)`` in days from today; Dana stands in unless told otherwise."""

    def enter(first: int = 0, last: int = 6, **changes: Any) -> Absence:
        given = {"delegation_id": Delegation.objects.get(delegate=dana).pk, "only_delegate": False, **changes}
        days = TODAY + first * DAY, TODAY + last * DAY
        return services.enter_absence(of_user(priya), *days, now=now, **given)

    return enter


def seen_by(user: User) -> set[Any]:
    return set(selectors.visible_requests(of_user(user)).values_list("pk", flat=True))


def test_what_waits_and_what_comes_goes_to_the_delegate(
    dana: User, away: Callable[..., Absence], make_opened: Callable[[], NotesRequest]
) -> None:
    before = make_opened()
    assert seen_by(dana) == set()
    away()
    assert seen_by(dana) == {before.pk}
    mail.outbox.clear()
    during = make_opened()
    assert seen_by(dana) == {before.pk, during.pk}
    assert {message.to[0] for message in mail.outbox} == {"priya.test@example.com", dana.email}
    names = Event.objects.filter(subject_id=str(during.pk)).values_list("name", flat=True)
    assert "notes.covered" in names


def test_the_clock_goes_on(away: Callable[..., Absence], make_opened: Callable[[], NotesRequest]) -> None:
    without = make_opened()
    away()
    assert make_opened().due_at == without.due_at


def test_the_provider_may_leave_the_mail_to_the_delegate(
    dana: User, away: Callable[..., Absence], make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    away(only_delegate=True)
    mail.outbox.clear()
    request = make_opened()
    assert request.status == RequestState.OPEN
    assert [message.to[0] for message in mail.outbox] == [dana.email]
    mail.outbox.clear()
    services.remind_due(now + DAY)
    services.send_reminder(Event.objects.get(name="notes.reminder_due"), now + DAY)
    assert [message.to[0] for message in mail.outbox] == [dana.email]


def test_after_the_last_day_mail_goes_to_the_provider_again(
    dana: User, away: Callable[..., Absence], make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    away(last=0, only_delegate=True)
    make_opened()
    mail.outbox.clear()
    services.remind_due(now + DAY)
    services.send_reminder(Event.objects.get(name="notes.reminder_due"), now + DAY)
    assert {message.to[0] for message in mail.outbox} == {"priya.test@example.com", dana.email}


def test_an_absence_begins_with_the_providers_own_day_and_tells_once(
    dana: User, away: Callable[..., Absence], make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    request = make_opened()
    absence = away(first=1)
    midnight = dt.datetime(2026, 11, 19, 5, 0, tzinfo=dt.UTC)  # in New York
    assert services.begin_absences(midnight - dt.timedelta(seconds=1)) == 0
    assert seen_by(dana) == set()
    mail.outbox.clear()
    assert services.begin_absences(midnight) == 1
    assert services.begin_absences(midnight) == 0
    assert seen_by(dana) == {request.pk}
    event = Event.objects.get(name="absence.begun", subject_id=str(absence.pk))
    services.tell_handed(event, midnight)
    services.tell_handed(event, midnight)
    (message,) = mail.outbox
    assert message.to == [dana.email]


def test_undo_takes_back_what_was_handed_over_for_it_and_nothing_else(
    priya: User, dana: User, away: Callable[..., Absence], make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    by_hand, covered = make_opened(), make_opened()
    delegation = Delegation.objects.get(delegate=dana)
    services.hand_over(of_user(priya), by_hand.pk, delegation.pk, now)
    absence = away()
    assert seen_by(dana) == {by_hand.pk, covered.pk}
    services.undo_absence(of_user(priya), absence.pk, now)
    assert seen_by(dana) == {by_hand.pk}
    later = make_opened()
    assert later.pk not in seen_by(dana)


def test_an_ended_delegation_ends_its_part_in_an_absence(
    priya: User, dana: User, away: Callable[..., Absence], make_opened: Callable[[], NotesRequest], now: dt.datetime
) -> None:
    away(only_delegate=True)
    services.end_delegation(of_user(priya), Delegation.objects.get(delegate=dana).pk, now)
    mail.outbox.clear()
    request = make_opened()
    assert request.status == RequestState.OPEN
    assert [message.to[0] for message in mail.outbox] == ["priya.test@example.com"]
    assert seen_by(dana) == set()


def test_disputes_are_covered_and_answered_too_but_no_fee_is_let_go(
    priya: User, dana: User, rui: User, away: Callable[..., Absence], now: dt.datetime
) -> None:
    away()
    dispute = makers.dispute(of_user(rui), priya.provider)
    disputes.deliver(dispute.pk, now)
    assert list(visible_disputes(of_user(dana))) == [dispute]
    with pytest.raises(NotAllowed):
        disputes.concede(of_user(dana), dispute.pk, now)
    answered = disputes.answer(of_user(dana), dispute.pk, disputes.Said(text="We agreed on the fee."), now)
    assert answered.answered_by_name == "Dana Test for Provider 1"


@pytest.mark.parametrize(
    ("first", "last", "changes", "code"),
    [
        (3, 2, {}, "days_reversed"),
        (-3, -1, {}, "day_past"),
        (0, 400, {}, "too_far"),
        (0, 3, {"delegation_id": None, "only_delegate": True}, "delegate_missing"),
    ],
)
def test_days_that_do_not_fit_are_refused(
    away: Callable[..., Absence], first: int, last: int, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        away(first, last, **changes)
    assert refused.value.code == code


def test_days_are_entered_once_and_by_the_provider_alone(
    priya: User, colleague: User, dana: User, away: Callable[..., Absence], now: dt.datetime
) -> None:
    absence = away(1, 3)
    with pytest.raises(Refused, match="entered some of these days"):
        away(3, 5)
    with pytest.raises(NotAllowed):
        services.undo_absence(of_user(dana), absence.pk, now)
    with pytest.raises(NotFound):
        services.undo_absence(of_user(colleague), absence.pk, now)
    services.undo_absence(of_user(priya), absence.pk, now)
    assert away(1, 3).pk != absence.pk


def test_a_strangers_delegate_cannot_be_named(priya: User, colleague: User, away: Callable[..., Absence]) -> None:
    other = builders.delegate(colleague.provider, "Elsewhere Test")
    with pytest.raises(NotFound):
        away(delegation_id=Delegation.objects.get(delegate=other).pk)


def test_staff_and_provider_read_it_in_plain_words(
    priya: User,
    rui: User,
    away: Callable[..., Absence],
    opened: NotesRequest,
    browser_of: Any,
    frozen: Callable[[dt.datetime], None],
) -> None:
    away()
    staff = browser_of(rui).get(reverse("request-page", args=[opened.pk])).content.decode()
    assert "is away from Wed 18 Nov 2026 to Tue 24 Nov 2026; Dana Test answers meanwhile" in staff
    own = browser_of(priya).get(reverse("my-delegates")).content.decode()
    assert "Dana Test answers meanwhile and gets the mail, too" in own


def test_the_page_keeps_what_was_typed_when_days_do_not_fit(
    priya: User, browser_of: Any, frozen: Callable[[dt.datetime], None]
) -> None:
    answered = browser_of(priya).post(reverse("my-absence"), {"first_day": "2026-12-24", "last_day": "2026-12-20"})
    assert answered.status_code == 422
    assert "The last day is before the first." in answered.content.decode()
    assert 'value="2026-12-24"' in answered.content.decode()
