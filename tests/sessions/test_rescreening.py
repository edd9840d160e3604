"""Screening stored sessions again: what was asked for, once per session and pack, and what is equal stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.domain.checks import pack_digest
from clawguard.events.models import Event
from sessions.codesets import current_tables
from sessions.models import Finding, Rescreening, RulePack, RulePackUse, Screening, TherapySession
from sessions.services import trials
from sessions.services.trials import rescreening
from tests import world
from tests.builders import NOW
from tests.sessions.rules_makers import published, reverted

pytestmark = pytest.mark.django_db
LONG = "long_session_minutes"
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def five(db: None) -> list[TherapySession]:
    """Of 55, 70, 80, 95 and 47 minutes, screened before any policy."""
    return [world.screened(minutes=minutes) for minutes in (55, 70, 80, 95, 47)]


def scope(**changes: str) -> Any:
    return trials.read_scope({"from": "2026-01-01", **changes}, NOW.date())


def again(lead: User, now: dt.datetime = LATER, **changes: str) -> Rescreening:
    job = trials.start_rescreening(of_user(lead), scope(**changes), now)
    number = 1
    while trials.run_rescreening_chunk(job.pk, number, now):
        number += 1
    job.refresh_from_db()
    return job


def packs_of(session: TherapySession) -> list[str]:
    return list(Screening.objects.filter(session=session).order_by("pk").values_list("pack_id", flat=True))


def test_under_the_same_pack_there_is_nothing_to_do(lead: User, five: list[TherapySession]) -> None:
    assert trials.sessions_to_screen(of_user(lead), scope()) == 0
    job = again(lead)
    assert (job.status, job.total, job.done) == ("done", 0, 0)
    assert Screening.objects.count() == len(five)


def test_a_new_pack_screens_each_session_once(lead: User, second_lead: User, five: list[TherapySession]) -> None:
    published(lead, second_lead, {LONG: 75})
    assert trials.sessions_to_screen(of_user(lead), scope()) == len(five)
    job = again(lead)
    assert (job.total, job.done, job.pack_id) == (5, 5, pack_digest(current_tables()))
    assert all(len(set(packs_of(session))) == 2 for session in five)
    assert trials.sessions_to_screen(of_user(lead), scope()) == 0
    assert again(lead).done == 0
    assert Screening.objects.count() == 10


def test_equal_findings_stay_with_their_version_and_pack(
    lead: User, second_lead: User, five: list[TherapySession]
) -> None:
    old = {row.pk: row.screening_id for row in Finding.objects.filter(check_id="CG101")}
    Finding.objects.filter(check_id="CG101").update(check_version=0)  # as an older release would have told it
    published(lead, second_lead, {LONG: 75})
    job = again(lead)
    kept = Finding.objects.filter(check_id="CG101")
    assert {row.pk: row.screening_id for row in kept} == old
    assert {(row.status, row.check_version) for row in kept} == {("new", 0)}
    mentioned = Finding.objects.filter(check_id="CG107", status="new").values_list("session", flat=True)
    assert set(mentioned) == {five[2].pk, five[3].pk}
    assert (job.findings, job.cleared) == (2, 1)  # of 95 minutes the limit differs, so it is told anew


def test_a_pack_that_comes_back_keeps_its_screenings(lead: User, second_lead: User, five: list[TherapySession]) -> None:
    first = pack_digest(current_tables())
    revision = published(lead, second_lead, {LONG: 75})
    again(lead, NOW + dt.timedelta(hours=1))
    reverted(lead, second_lead, revision)
    assert pack_digest(current_tables()) == first
    assert trials.sessions_to_screen(of_user(lead), scope()) == len(five)
    again(lead, NOW + dt.timedelta(hours=2))
    assert trials.sessions_to_screen(of_user(lead), scope()) == 0
    assert Screening.objects.count() == 10
    assert Finding.objects.filter(check_id="CG107", status="new").count() == 1
    uses = list(RulePackUse.objects.order_by("pk").values_list("pack_id", flat=True))
    assert (uses[0], uses[-1], len(uses)) == (first, first, 3)
    assert RulePack.objects.count() == 2


@pytest.mark.parametrize(("narrow", "count"), [({"payer": "1"}, 0), ({"check": "CG106"}, 0), ({"payer": "60054"}, 5)])
@pytest.mark.usefixtures("five")
def test_only_what_was_chosen(lead: User, second_lead: User, narrow: dict[str, str], count: int) -> None:
    published(lead, second_lead, {LONG: 75})
    assert again(lead, **narrow).done == count


@pytest.mark.usefixtures("five")
def test_a_piece_handed_out_twice_screens_once(lead: User, second_lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    published(lead, second_lead, {LONG: 75})
    monkeypatch.setattr(rescreening, "CHUNK", 2)
    job = trials.start_rescreening(of_user(lead), scope(), LATER)
    assert trials.run_rescreening_chunk(job.pk, 1, LATER)
    assert not trials.run_rescreening_chunk(job.pk, 1, LATER)
    assert Screening.objects.count() == 7
    assert trials.run_rescreening_chunk(job.pk, 2, LATER)
    assert not trials.run_rescreening_chunk(job.pk, 3, LATER)
    job.refresh_from_db()
    assert (job.status, job.done, job.chunks) == ("done", 5, 3)
    assert Event.objects.filter(name="session.rescreened").count() == 3


@pytest.mark.usefixtures("five")
def test_it_stops_when_the_rules_changed_meanwhile(
    lead: User, second_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(lead, second_lead, {LONG: 75})
    monkeypatch.setattr(rescreening, "CHUNK", 2)
    job = trials.start_rescreening(of_user(lead), scope(), LATER)
    trials.run_rescreening_chunk(job.pk, 1, LATER)
    published(lead, second_lead, {LONG: 60})
    assert not trials.run_rescreening_chunk(job.pk, 2, LATER)
    job.refresh_from_db()
    assert (job.status, job.done) == ("stopped", 2)


@pytest.mark.parametrize("who", ["rui", "auditor", "administrator", "priya"])
def test_only_leads_ask_for_it(request: pytest.FixtureRequest, who: str) -> None:
    actor = of_user(request.getfixturevalue(who))
    for act in (
        lambda: trials.sessions_to_screen(actor, scope()),
        lambda: trials.start_rescreening(actor, scope(), NOW),
        lambda: trials.start_backtest(actor, scope(), NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_pack_remembers_its_policies(lead: User, second_lead: User) -> None:
    world.screened()
    published(lead, second_lead, {LONG: 75}, payer_id="60054")
    world.screened()
    empty, with_one = RulePack.objects.order_by("first_used_at", "digest"), RulePackUse.objects.latest("pk").pack
    assert [] in [pack.policies for pack in empty]
    assert [row["values"] for row in with_one.policies] == [{LONG: 75}]
    assert with_one.tables["policies"] == current_tables().policies.version
