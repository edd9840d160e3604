"""The door of the mail service: signed, fresh, once; and what it says to everything else."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from clawguard import clock, signing
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import Event, MailReport, SentMail
from disputes import services
from disputes.models import Dispute
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
SECRET, OLD = signing.new_secret(), signing.new_secret()
ADDRESS = "/api/v1/mail-events"


@pytest.fixture(autouse=True)
def _secrets(settings: Any) -> None:
    settings.MAIL_EVENT_SECRETS = [SECRET, OLD]
    settings.MOVABLE_CLOCK = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def dispute(rui: User, priya: User) -> Dispute:
    row = makers.dispute(of_user(rui), priya.provider)
    services.deliver(row.pk, NOW)
    row.refresh_from_db()
    return row


def event(message_id: str, kind: str = "bounced", **changes: Any) -> bytes:
    body = {"type": f"mail.{kind}", "timestamp": NOW.isoformat(), "data": {"message_id": message_id}}
    return json.dumps({**body, **changes}).encode()


def post(body: bytes, told_as: str = "msg_1", secret: str = SECRET, at: dt.datetime = NOW, **headers: str) -> Any:
    given = {**signing.headers_for(told_as, at, body, [secret]), **headers}
    with clock.pretend(NOW):
        return Client().post(ADDRESS, body, content_type="application/json", headers=given)


def its_mail() -> str:
    return SentMail.objects.get(template="dispute_asked").message_id


def test_a_bounce_takes_the_clock_back_and_counts_once(dispute: Dispute) -> None:
    told = [post(event(its_mail())) for _ in range(2)]
    assert [(answer.status_code, answer.json()["status"]) for answer in told] == [(202, "recorded"), (202, "repeated")]
    assert post(event(its_mail()), "msg_2").json()["status"] == "recorded"  # told in other words: no news
    assert Event.objects.filter(name="mail.bounced").count() == 1
    makers.work(NOW)
    dispute.refresh_from_db()
    assert (dispute.status, dispute.due_at) == ("undeliverable", None)
    assert {row.kind for row in MailReport.objects.all()} == {"bounced"}


@pytest.mark.parametrize("kind", ["delivered", "complained"])
def test_what_stops_no_clock_is_written_down(dispute: Dispute, kind: str, lead: User, browser_of: Any) -> None:
    assert post(event(its_mail().strip("<>"), kind)).status_code == 202
    makers.work(NOW)
    dispute.refresh_from_db()
    assert dispute.status == "open"
    assert getattr(SentMail.objects.get(template="dispute_asked"), f"{kind}_at") == NOW
    assert ("marked as unwanted" in browser_of(lead).get("/mail").content.decode()) == (kind == "complained")


def test_a_mail_of_somebody_else_is_nothing_to_us(dispute: Dispute) -> None:
    answer = post(event("<other@example.com>"))
    assert (answer.status_code, answer.json()) == (202, {"status": "unknown"})
    assert not MailReport.objects.exists()


def test_either_of_two_secrets_is_good_while_they_are_changed_over(dispute: Dispute, settings: Any) -> None:
    assert post(event(its_mail()), secret=OLD).status_code == 202
    settings.MAIL_EVENT_SECRETS = [SECRET]
    assert post(event(its_mail()), "msg_2", secret=OLD).status_code == 401


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"secret": signing.new_secret()}, 401, "signature_wrong"),
        ({"at": NOW - dt.timedelta(seconds=301)}, 400, "message_old"),
        ({"at": NOW + dt.timedelta(seconds=301)}, 400, "message_old"),
        ({"webhook-id": "msg_other"}, 401, "signature_wrong"),
        ({"webhook-id": ""}, 400, "signature_missing"),
        ({"webhook-timestamp": "now"}, 400, "signature_missing"),
        ({"webhook-signature": "nonsense"}, 400, "signature_missing"),
    ],
)
def test_old_and_forged_events_are_refused(dispute: Dispute, sent: dict[str, Any], status: int, code: str) -> None:
    answer = post(event(its_mail()), **sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not MailReport.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (event("<a@example.com>", "opened"), 400),
        (event("<a@example.com>", timestamp="yesterday"), 400),
        (event("<a@example.com>", data={"message_id": "<a@example.com>", "to": "priya.test@example.com"}), 400),
        (event("<a@example.com>", data={}), 400),
        (event("<a@example.com>", data={"message_id": 7}), 400),
        (event("<a@example.com>", recipient="priya.test@example.com"), 400),
        (event("a\x00b@example.com"), 400),
        (b" " * 17_000, 413),
    ],
)
def test_rubbish_is_refused_although_it_is_signed(body: bytes, status: int) -> None:
    answer = post(body)
    assert answer.status_code == status
    assert b"priya" not in answer.content


@pytest.mark.parametrize("body", [b"", event("<a@example.com>")])
def test_other_than_json_is_refused(body: bytes) -> None:
    headers = signing.headers_for("msg_1", NOW, body, [SECRET])
    with clock.pretend(NOW):
        assert Client().post(ADDRESS, body, content_type="text/plain", headers=headers).status_code == 415


def test_without_a_secret_there_is_no_such_door(settings: Any) -> None:
    settings.MAIL_EVENT_SECRETS = []
    assert post(event("<a@example.com>")).status_code == 404


def test_no_answer_tells_whether_a_mail_is_known_before_its_signature_holds(dispute: Dispute) -> None:
    forged = [post(event(name), secret=signing.new_secret()) for name in (its_mail(), "<other@example.com>")]
    assert forged[0].content == forged[1].content
    assert len(mail.outbox) == 1
