"""However sessions come in and whatever order they are screened in, the findings are the same, to the letter."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.demo.sessions import invent
from clawguard.domain.submission import parse
from sessions import services
from sessions.intake.writers import write_csv
from sessions.models import Finding, ImportBatch, IntakeChunk, Screening, TherapySession
from sessions.services import imports
from sessions.services.dry_run import screen_facts
from sessions.services.imports import reading

pytestmark = pytest.mark.django_db
ANCHOR = dt.date(2026, 9, 14)
NOW = dt.datetime(2026, 9, 20, 12, tzinfo=dt.UTC)
TEXTS = [
    "check_id",
    "check_version",
    "title",
    "category",
    "severity",
    "message",
    "provider_message",
    "service_line",
    "party_if_confirmed",
    "suggested_step",
    "source_name",
    "source_url",
]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture(scope="module")
def network():
    return invent(11, 300, ANCHOR, providers=15).sessions


def foreseen(network):
    """What the dry run says, by session."""
    facts = [submission.facts for submission in (parse(body, now=NOW)[0] for body in network) if submission]
    assert len(facts) == len(network)
    return sorted(
        (
            checked.facts.external_id,
            found["check"],
            *[str(value) for value in _shape(found)],
        )
        for checked in screen_facts(facts, NOW)
        for found in (each.as_dict() for each in checked.findings)
    )


def _shape(found):
    named = {**found, "check_id": found["check"], "check_version": found["version"]}
    named |= {"source_name": found["source"]["name"], "source_url": found["source"]["url"]}
    rest = (sorted(found["evidence"].items()), found["amount_at_risk"], found["related"], found["request_items"])
    return [*[named[name] for name in TEXTS], *rest]


def stored():
    rows = Finding.objects.filter(status="new").select_related("session")
    return sorted(
        (
            row.session.external_id,
            row.check_id,
            *[str(getattr(row, name)) for name in TEXTS],
            str(sorted(row.evidence.items())),
            str(row.amount_at_risk),
            str(row.related),
            str(row.request_items),
        )
        for row in rows
    )


def screen_shuffled(rng):
    while waiting := list(IntakeChunk.objects.filter(screened_at=None).values_list("pk", flat=True)):
        rng.shuffle(waiting)
        for key in waiting:
            services.screen_chunk(key, NOW)


@pytest.mark.parametrize("rows", [7, 64, 1000])
def test_a_file_finds_what_the_dry_run_foresaw(network, monkeypatch, rows):
    monkeypatch.setattr(reading, "PIECE_ROWS", rows)
    content = "".join(write_csv(network)).encode()
    batch = imports.receive(SYSTEM, "network.csv", [content], imports.Wishes(), NOW)
    while imports.read_on(batch.pk, NOW):
        pass
    number = 1
    while imports.store_piece(batch.pk, number, NOW):
        number += 1
    assert IntakeChunk.objects.count() == -(-len(network) // rows)
    screen_shuffled(random.Random(rows))
    expected = foreseen(network)
    assert len(expected) > 20
    assert stored() == expected
    assert Screening.objects.count() == TherapySession.objects.count() == ImportBatch.objects.get().rows_good


def test_one_by_one_in_any_order_of_screening_finds_the_same(network):
    some = network[:120]
    for body in some:
        services.submit(SYSTEM, body, NOW)
    screen_shuffled(random.Random(5))
    assert stored() == foreseen(some)
