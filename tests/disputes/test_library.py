"""The library: whose it is to keep and to retire, what is offered in a dispute, and what the audit log tells of it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest

from clawguard import clock
from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes import services
from disputes.models import Dispute, LibraryItem
from disputes.selectors.evidence import fee_beyond, policy_in_force
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
POLICY = {"version": "2026", "notice_hours": 24, "fee": "75.00"}


def keep(user: User, begins: str = "2026-01-01", ends: str | None = None, title: str = "Policy") -> LibraryItem:
    until = dt.date.fromisoformat(ends) if ends else None
    new = services.NewItem("policy", title, {**POLICY, "version": title}, dt.date.fromisoformat(begins), until)
    return services.keep_item(of_user(user), new, NOW)


def opened(rui: User, priya: User) -> Dispute:
    """Of 10 November."""
    return makers.dispute(of_user(rui), priya.provider)  # type: ignore[arg-type]


def told() -> list[tuple[Any, ...]]:
    rows = Event.objects.filter(name__startswith="library.").order_by("at", "pk")
    return [(row.name, row.subject_id, row.actor_name, row.payload) for row in rows]


class TestOffering:
    def test_the_policy_in_force_on_the_day_is_the_providers_own_before_the_networks(
        self, rui: User, priya: User
    ) -> None:
        row = opened(rui, priya)
        assert policy_in_force(row) is None
        network = keep(rui, "2026-01-01", title="Network")
        assert policy_in_force(row)[0] == network  # type: ignore[index]
        keep(priya, "2026-11-11", title="Too late")
        assert policy_in_force(row)[0] == network  # type: ignore[index]
        own = keep(priya, "2026-02-01", "2026-11-10", title="Own")
        services.retire_item(of_user(priya), own.pk, NOW)
        assert policy_in_force(row)[0] == own  # type: ignore[index]

    def test_using_it_twice_adds_it_once_and_another_providers_is_not_offered(
        self, rui: User, priya: User, colleague: User
    ) -> None:
        row, item = opened(rui, priya), keep(rui, "2026-01-01")
        first = services.use_library_item(of_user(rui), row.pk, item.pk, NOW)
        assert services.use_library_item(of_user(rui), row.pk, item.pk, NOW) == first
        assert first.library_item == item
        others = keep(colleague, "2026-01-01")
        with pytest.raises(Refused):
            services.use_library_item(of_user(rui), row.pk, others.pk, NOW)


class TestRetiring:
    def test_a_provider_retires_their_own_and_nobody_elses(self, rui: User, priya: User, colleague: User) -> None:
        networks, own, others = keep(rui), keep(priya), keep(colleague)
        for item in (networks, others):
            with pytest.raises(NotFound):
                services.retire_item(of_user(priya), item.pk, NOW)
            item.refresh_from_db()
            assert item.retired_at is None
        assert services.retire_item(of_user(priya), own.pk, NOW).retired_at == NOW

    def test_staff_retire_the_networks_and_those_of_their_providers(
        self, rui: User, priya: User, colleague: User, auditor: User
    ) -> None:
        networks, own, others = keep(rui), keep(priya), keep(colleague)
        with pytest.raises(NotAllowed):
            services.retire_item(of_user(auditor), networks.pk, NOW)
        with pytest.raises(NotFound):
            services.retire_item(of_user(rui), others.pk, NOW)
        for item in (networks, own):
            assert services.retire_item(of_user(rui), item.pk, NOW).retired_at == NOW

    def test_what_is_kept_and_retired_is_in_the_audit_log_once(self, rui: User, priya: User) -> None:
        networks, own = keep(rui), keep(priya)
        for _again in range(2):
            services.retire_item(of_user(rui), own.pk, NOW + dt.timedelta(hours=1))
        assert told() == [
            ("library.kept", str(networks.pk), "Rui Test", {"kind": "policy", "provider": None}),
            ("library.kept", str(own.pk), "Priya Test", {"kind": "policy", "provider": str(priya.provider_id)}),
            ("library.retired", str(own.pk), "Rui Test", {"kind": "policy", "provider": str(priya.provider_id)}),
        ]


@pytest.mark.parametrize(
    ("kind", "asked", "named", "beyond"),
    [
        ("cancellation_fee", "75.00", "75.00", None),
        ("cancellation_fee", "75.01", "75.00", Decimal("0.01")),
        ("cancellation_fee", "40.00", "75.00", None),
        ("cancellation_fee", "75.01", None, None),
        ("billing", "75.01", "75.00", None),  # a bill is not the policy's fee
    ],
)
def test_a_fee_beyond_the_policy_is_pointed_out(
    kind: str, asked: str, named: str | None, beyond: Decimal | None
) -> None:
    dispute = Dispute(kind=kind, amount=Decimal(asked))
    assert fee_beyond(dispute, {"fee": named}) == beyond


def test_staff_read_by_how_much_the_fee_is_more(browser_of: Any, rui: User, priya: User) -> None:
    row = opened(rui, priya)
    value = {**POLICY, "version": "2026", "fee": str(row.amount - 25)}
    services.keep_item(of_user(rui), services.NewItem("policy", "P", value, dt.date(2026, 1, 1)), NOW)
    with clock.pretend(NOW):
        page = browser_of(rui).get(f"/disputes/{row.pk}").content.decode()
    assert re.sub("<[^>]+>", "", page).count("The fee is $25.00 more than this policy names.") == 1
