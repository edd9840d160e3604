"""Days of an imported file are counted once, when it was stored and screened; one that got stuck holds nothing up."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.models import IntakeChunk, PatternMark, ProviderDay
from sessions.services import patterns
from tests.builders import NOW
from tests.sessions.test_imports import bodies, ndjson, store, take
from tests.sessions.test_intake import screen_all

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _stored(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    store(take(ndjson(bodies())))
    PatternMark.objects.update(at=NOW)


def test_what_is_stored_and_not_screened_waits():
    patterns.sweep(NOW + MINUTE)
    assert not ProviderDay.objects.exists() and PatternMark.objects.exists()
    screen_all()
    patterns.sweep(NOW + MINUTE)
    assert ProviderDay.objects.exists() and not PatternMark.objects.exists()


def test_it_does_not_wait_for_ever():
    IntakeChunk.objects.update(created_at=NOW - MINUTE)
    patterns.sweep(NOW + patterns.IMPORT_PATIENCE)
    assert ProviderDay.objects.exists() and not PatternMark.objects.exists()


def test_a_session_sent_by_itself_holds_nothing_up():
    IntakeChunk.objects.update(batch=None)
    patterns.sweep(NOW + MINUTE)
    assert ProviderDay.objects.exists() and not PatternMark.objects.exists()
