"""The form in which people state facts: moments are picked on the provider's clock."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.accounts.models import User
from sessions.models import StatedFact
from tests import world

pytestmark = pytest.mark.django_db
SAID = {"kind": "eligibility", "status": "inactive", "source": "Portal"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-11-02T09:00", "2026-11-02T14:00:00+00:00"),
        ("2026-07-02T09:00", "2026-07-02T13:00:00+00:00"),
        ("2026-11-02T09:00:00+01:00", "2026-11-02T08:00:00+00:00"),
    ],
)
def test_a_moment_is_of_the_providers_clock_unless_it_says_otherwise(
    lead: User, browser_of: Any, typed: str, kept: str
) -> None:
    session = world.screened()
    answer = browser_of(lead).post(f"/sessions/{session.pk}/facts", {**SAID, "checked_at": typed})
    assert answer.status_code == 302
    assert StatedFact.objects.get().values["checked_at"] == kept


def test_what_is_no_moment_is_refused_at_its_field(lead: User, browser_of: Any) -> None:
    session = world.screened()
    answer = browser_of(lead).post(f"/sessions/{session.pk}/facts", {**SAID, "checked_at": "at nine"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_checked_at"' in text and 'type="datetime-local"' in text
    assert not StatedFact.objects.exists()
