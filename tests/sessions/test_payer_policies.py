"""Policies from draft to publication: two people, no overlap, nothing rewritten, and a way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from clawguard.events.services import WrongState
from clawguard.ids import new_id
from sessions.codesets import current_tables
from sessions.models import PolicyRevision, PublishedPeriod
from sessions.services import payer_policies
from sessions.services.payer_policies import Draft, ScopeName
from tests.builders import NOW
from tests.sessions.rules_makers import draft, proposed, published, reverted, tried

pytestmark = pytest.mark.django_db
JAN, JUN, DEC = dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 12, 31)
DAYS = "confirm_within_days"


def held(day: dt.date, *, kind: str = "commercial", payer: str = "60054", plan: str = "") -> int:
    """Days to confirm, as every check sees them."""
    return current_tables().policies.on(kind, payer, plan, day).confirm_within_days


def periods() -> list[tuple[int, dt.date, dt.date | None]]:
    rows = PublishedPeriod.objects.filter(ended_by=None).order_by("first_day")
    return [(row.revision.number, row.first_day, row.last_day) for row in rows]


def test_a_published_policy_holds_from_its_first_to_its_last_day(lead: User, second_lead: User) -> None:
    before = current_tables().policies.version
    published(lead, second_lead, {DAYS: 14}, first=JAN, last=JUN, payer_id="60054")
    day = dt.timedelta(days=1)
    assert [held(each) for each in (JAN - day, JAN, JUN, JUN + day)] == [30, 14, 14, 30]
    assert held(JAN, payer="other") == 30
    assert current_tables().policies.version != before


def test_the_narrower_scope_comes_first(lead: User, second_lead: User) -> None:
    for days, scope in (
        (1, {}),
        (2, {"payer_kind": "medicare"}),
        (3, {"payer_id": "60054"}),
        (4, {"payer_id": "60054", "plan": "gold"}),
    ):
        published(lead, second_lead, {DAYS: days}, **scope)
    assert held(JAN, payer="9") == 1
    assert held(JAN, payer="9", kind="medicare") == 2
    assert held(JAN, kind="medicare") == 3
    assert held(JAN, plan="gold") == 4


def test_publishing_closes_and_splits_what_held_before(lead: User, second_lead: User) -> None:
    first = published(lead, second_lead, {DAYS: 14}, first=JAN)
    second = published(lead, second_lead, {DAYS: 7}, first=dt.date(2026, 3, 1), last=JUN)
    assert periods() == [(1, JAN, dt.date(2026, 2, 28)), (2, dt.date(2026, 3, 1), JUN), (1, dt.date(2026, 7, 1), None)]
    third = published(lead, second_lead, {DAYS: 5}, first=JAN)
    assert periods() == [(3, JAN, None)]
    states = {row.number: row.status for row in PolicyRevision.objects.all()}
    assert states == {1: "superseded", 2: "superseded", 3: "published"}
    assert {first.number, second.number, third.number} == {1, 2, 3}


def test_a_revert_needs_two_people_and_equals_before(lead: User, second_lead: User) -> None:
    published(lead, second_lead, {DAYS: 14}, first=JAN)
    before, version = periods(), current_tables().policies.version
    second = published(lead, second_lead, {DAYS: 7}, first=dt.date(2026, 3, 1), last=JUN)
    back = payer_policies.revert(of_user(second_lead), second.pk, "Read wrongly.", NOW)
    assert payer_policies.revert(of_user(second_lead), second.pk, "Once more.", NOW) == back
    with pytest.raises(Refused):
        payer_policies.publish(of_user(second_lead), back.pk, NOW)
    payer_policies.publish(of_user(lead), back.pk, NOW)
    second.refresh_from_db()
    assert second.status == "reverted"
    assert periods() == before
    assert current_tables().policies.version == version


def test_a_superseded_revision_comes_back_with_the_revert(lead: User, second_lead: User) -> None:
    first = published(lead, second_lead, {DAYS: 14})
    second = published(lead, second_lead, {DAYS: 7})
    reverted(lead, second_lead, second)
    first.refresh_from_db()
    assert (first.status, held(JAN)) == ("published", 14)
    names = Event.objects.filter(subject_id=str(first.pk)).order_by("pk").values_list("name", flat=True)
    assert list(names) == [f"policy.{each}" for each in ("drafted", "proposed", "published", "superseded", "restored")]


def test_a_revert_of_what_holds_nowhere_is_refused(lead: User, second_lead: User) -> None:
    first = published(lead, second_lead, {DAYS: 14})
    back = payer_policies.revert(of_user(lead), first.pk, "Read wrongly.", NOW)
    published(lead, second_lead, {DAYS: 7})
    with pytest.raises(Refused) as refused:
        payer_policies.publish(of_user(second_lead), back.pk, NOW)
    assert refused.value.code == "nothing_left"


def test_its_author_cannot_publish(lead: User, second_lead: User) -> None:
    revision = proposed(lead, {DAYS: 14})
    with pytest.raises(Refused) as refused:
        payer_policies.publish(of_user(lead), revision.pk, NOW)
    assert refused.value.code == "own_proposal"
    with pytest.raises(IntegrityError, match="policy_needs_second_person"), transaction.atomic():
        PolicyRevision.objects.filter(pk=revision.pk).update(status="published", approved_by=lead, approved_at=NOW)
    with pytest.raises(IntegrityError, match="policy_needs_second_person"), transaction.atomic():
        PolicyRevision.objects.filter(pk=revision.pk).update(status="published")
    payer_policies.publish(of_user(second_lead), revision.pk, NOW)


def test_the_database_refuses_an_overlap(lead: User, second_lead: User) -> None:
    revision = published(lead, second_lead, {DAYS: 14}, first=JAN, last=JUN)
    row = {"scope": revision.scope, "revision": revision}
    for first, last in ((JUN, DEC), (JAN, JAN), (dt.date(2025, 1, 1), None)):
        with pytest.raises(IntegrityError, match="policy_periods_never_overlap"), transaction.atomic():
            PublishedPeriod.objects.create(first_day=first, last_day=last, **row)
    PublishedPeriod.objects.create(first_day=dt.date(2026, 7, 1), last_day=None, **row)


CHANGES: list[Callable[[PolicyRevision], Any]] = [
    lambda row: PolicyRevision.objects.filter(pk=row.pk).update(values={DAYS: 99}),
    lambda row: PolicyRevision.objects.filter(pk=row.pk).update(first_day=dt.date(2020, 1, 1)),
    lambda row: PolicyRevision.objects.filter(pk=row.pk).update(reason="Another."),
    lambda row: PolicyRevision.objects.filter(pk=row.pk).update(author=row.approved_by),
    lambda row: PolicyRevision.objects.filter(pk=row.pk).update(approved_at=NOW + dt.timedelta(days=1)),
    lambda row: PolicyRevision.objects.filter(pk=row.pk)._raw_delete("default"),
    lambda row: PublishedPeriod.objects.filter(revision=row).update(last_day=dt.date(2030, 1, 1)),
    lambda row: PublishedPeriod.objects.filter(revision=row)._raw_delete("default"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_history_is_not_rewritten(lead: User, second_lead: User, change: Callable[[PolicyRevision], Any]) -> None:
    revision = published(lead, second_lead, {DAYS: 14})
    with pytest.raises(DatabaseError), transaction.atomic():
        change(revision)


def test_an_ended_period_does_not_come_back_to_life(lead: User, second_lead: User) -> None:
    first = published(lead, second_lead, {DAYS: 14})
    published(lead, second_lead, {DAYS: 7})
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedPeriod.objects.filter(revision=first).update(ended_by=None)


def test_a_draft_is_tried_before_it_is_proposed_and_again_when_it_changed(lead: User) -> None:
    revision = draft(lead, {DAYS: 14})
    with pytest.raises(Refused, match="90 days"):
        payer_policies.propose(of_user(lead), revision.pk, NOW)
    tried(lead, revision)
    given = Draft(JAN, None, {DAYS: 10}, "The manual says so.")
    payer_policies.save_draft(of_user(lead), revision.pk, given, NOW)
    with pytest.raises(Refused, match="90 days"):
        payer_policies.propose(of_user(lead), revision.pk, NOW)
    payer_policies.save_draft(of_user(lead), revision.pk, Draft(JAN, None, {DAYS: 14}, "Other words."), NOW)
    assert payer_policies.propose(of_user(lead), revision.pk, NOW).status == "proposed"


@pytest.mark.parametrize(
    ("values", "reason", "code"), [({}, "Because.", "nothing_decided"), ({DAYS: 14}, " ", "reason_required")]
)
def test_a_proposal_decides_something_and_says_why(lead: User, values: Any, reason: str, code: str) -> None:
    revision = draft(lead, values, reason=reason)
    tried(lead, revision)
    with pytest.raises(Refused) as refused:
        payer_policies.propose(of_user(lead), revision.pk, NOW)
    assert refused.value.code == code


def test_every_bad_field_is_named_at_once(lead: User) -> None:
    bad = Draft(JUN, JAN, {DAYS: -1, "telehealth_places": "02"}, "x" * 501)
    with pytest.raises(Problem) as refused:
        payer_policies.start_draft(of_user(lead), ScopeName("medicare", "60054", ""), bad, NOW)
    pointers = {error.pointer for error in refused.value.errors}
    assert pointers == {"/payer_kind", f"/values/{DAYS}", "/values/telehealth_places", "/last_day", "/reason"}
    with pytest.raises(Problem):
        payer_policies.start_draft(of_user(lead), ScopeName(plan="gold"), Draft(JAN), NOW)
    assert not PolicyRevision.objects.exists()


@pytest.mark.parametrize(
    "scope", [{"payer_kind": "medicare"}, {"payer_id": "60054"}, {"payer_id": "60054", "plan": "gold"}]
)
def test_what_is_counted_over_all_payers_is_the_networks_to_decide(lead: User, scope: dict[str, str]) -> None:
    values = {"usual_sessions_a_day": 20, DAYS: 14}
    with pytest.raises(Problem) as refused:
        payer_policies.start_draft(of_user(lead), ScopeName(**scope), Draft(JAN, None, values), NOW)
    (error,) = refused.value.errors
    assert (error.pointer, error.code) == ("/values/usual_sessions_a_day", "network_only")
    assert payer_policies.start_draft(of_user(lead), ScopeName(), Draft(JAN, None, values), NOW).values == values


def test_a_draft_is_its_authors_alone(lead: User, second_lead: User, rui: User) -> None:
    revision = draft(lead, {DAYS: 14})
    for somebody in (second_lead, rui):
        with pytest.raises(NotAllowed):
            payer_policies.save_draft(of_user(somebody), revision.pk, Draft(JAN), NOW)
    mine = payer_policies.copy(of_user(second_lead), revision.pk, NOW)
    assert (mine.number, mine.values, mine.author) == (2, {DAYS: 14}, second_lead)


def test_a_proposal_sent_back_is_a_draft_again(lead: User, second_lead: User) -> None:
    revision = proposed(lead, {DAYS: 14})
    with pytest.raises(Refused):
        payer_policies.send_back(of_user(lead), revision.pk, "No.", NOW)
    with pytest.raises(Refused):
        payer_policies.send_back(of_user(second_lead), revision.pk, " ", NOW)
    back = payer_policies.send_back(of_user(second_lead), revision.pk, "Name the page of the manual.", NOW)
    assert (back.status, back.returned_by, back.returned_reason) == (
        "draft",
        second_lead,
        "Name the page of the manual.",
    )


def test_a_discarded_draft_stays_in_the_history(lead: User, second_lead: User) -> None:
    revision = draft(lead, {DAYS: 14})
    with pytest.raises(NotAllowed):
        payer_policies.discard(of_user(second_lead), revision.pk, NOW)
    assert payer_policies.discard(of_user(lead), revision.pk, NOW).status == "discarded"
    with pytest.raises(WrongState):
        payer_policies.save_draft(of_user(lead), revision.pk, Draft(JAN), NOW)


@pytest.mark.parametrize("who", ["rui", "auditor", "administrator", "priya"])
def test_only_leads_write_policies(request: pytest.FixtureRequest, lead: User, who: str) -> None:
    actor, revision = of_user(request.getfixturevalue(who)), draft(lead, {DAYS: 14})
    for act in (
        lambda: payer_policies.start_draft(actor, ScopeName(), Draft(JAN), NOW),
        lambda: payer_policies.copy(actor, revision.pk, NOW),
        lambda: payer_policies.propose(actor, revision.pk, NOW),
        lambda: payer_policies.publish(actor, revision.pk, NOW),
        lambda: payer_policies.revert(actor, revision.pk, "No.", NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_system_is_nobodys_second_person(lead: User) -> None:
    with pytest.raises(NotAllowed):
        payer_policies.start_draft(SYSTEM, ScopeName(), Draft(JAN), NOW)


def test_what_is_not_there_is_not_found(lead: User) -> None:
    with pytest.raises(NotFound):
        payer_policies.publish(of_user(lead), new_id(), NOW)


def test_policies_are_read_once_per_set_of_periods(
    lead: User, second_lead: User, django_assert_num_queries: Any
) -> None:
    published(lead, second_lead, {DAYS: 14})
    known = current_tables()
    with django_assert_num_queries(2):
        assert current_tables() is known
