"""A file comes to the same in however many slices it is read, and in whatever order workers read them."""

from __future__ import annotations

import random

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.events.models import Delivery
from sessions.intake import vault
from sessions.intake.record import unpack
from sessions.intake.seen import Seen, repeated
from sessions.models import ImportBatch, ImportSlice
from sessions.services import imports
from sessions.services.imports import reading, slices
from tests.builders import NOW
from tests.sessions.test_imports import bodies, csv, ndjson

pytestmark = pytest.mark.django_db
DRAW = random.Random(20261125)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def difficult():
    """Rows that repeat others, twice over and with other facts, a blank row, and cells with line ends in them."""
    header, *rows = csv(bodies(9)).decode().splitlines()
    longer = [row.replace("S-4,", "S-1,", 1) for row in rows[4:5]]  # another session under the id of an earlier one
    bad = [row.replace("2026-09-03,", "2026-19-03,", 1) for row in rows[5:6]]
    name = header.split(",").index("payer.name")
    cells = rows[6].split(",")
    cells[name] = '"of\nmany\nlines"'
    table = [*rows[:3], "", rows[0], *longer, *longer, *bad, ",".join(cells), rows[1], *rows[7:], rows[0], *longer]
    return "\r\n".join([header, *table, ""]).encode()


def take(content, name, **wishes):
    return imports.receive(SYSTEM, name, [content], imports.Wishes(**wishes), NOW)


def all_cut(batch):
    while not ImportBatch.objects.get(pk=batch.pk).cut:
        imports.cut(batch.pk, NOW)


def waiting(batch):
    return list(ImportSlice.objects.filter(batch=batch, read_at=None).values_list("number", flat=True))


def read_shuffled(batch):
    all_cut(batch)
    while numbers := waiting(batch):
        DRAW.shuffle(numbers)
        for number in numbers:
            imports.read_slice(batch.pk, number, NOW)


def comes_to(batch):
    batch.refresh_from_db()
    problems = batch.problems.order_by("row", "code", "pointer").values_list("row", "label", "pointer", "code")
    numbers = (batch.rows_read, batch.rows_total, batch.rows_good, batch.rows_refused, batch.rows_unchanged)
    pieces = [unpack(vault.read_piece(batch.pk, number)) for number in range(1, batch.pieces + 1)]
    kept = [record for piece in pieces for record in piece]
    return batch.status, numbers, batch.summary, list(problems), kept


FILES = [(difficult, "sessions.csv"), (lambda: difficult().decode().encode("utf-16"), "sessions.csv")]
FILES += [(lambda: ndjson([*bodies(6), bodies()[1], bodies()[2] | {"external_id": "S-0"}, *bodies()[:3]]), "s.ndjson")]


@pytest.mark.parametrize(("make", "name"), FILES)
@pytest.mark.parametrize("rows", [1, 2, 3, 5])
def test_slices_change_nothing(monkeypatch, make, name, rows):
    whole = take(make(), name, hold=True)
    read_shuffled(whole)
    expected = comes_to(whole)
    assert whole.pieces == 1 and expected[1][3] >= 1 and expected[1][4] >= 2
    assert {code for *_, code in expected[3]} >= {"duplicate_id"}
    monkeypatch.setattr(reading, "PIECE_ROWS", rows)
    monkeypatch.setattr(reading, "CUT_PIECES", 2)
    for read in (read_shuffled, lambda batch: list(iter(lambda: imports.read_on(batch.pk, NOW), False))):
        batch = take(make(), name, hold=True)
        read(batch)
        found = comes_to(batch)
        assert batch.pieces == -(-expected[1][0] // rows)
        assert (found[0], found[1], found[3], found[4]) == (expected[0], expected[1], expected[3], expected[4])
        assert found[2]["counts"]["created"] == expected[2]["counts"]["created"]
        assert found[2]["counts"]["problems"] == expected[2]["counts"]["problems"]


def test_each_slice_is_a_task_of_its_own(monkeypatch):
    monkeypatch.setattr(reading, "PIECE_ROWS", 3)
    batch = take(ndjson(bodies()), "sessions.ndjson")
    imports.cut(batch.pk, NOW)
    imports.cut(batch.pk, NOW)  # told twice
    handed = Delivery.objects.filter(task="sessions.tasks.read_import_slice", event__subject_id=str(batch.pk))
    assert sorted(handed.values_list("event__payload__slice", flat=True)) == [1, 2, 3]
    assert not vault.folder(batch.pk).joinpath("000001").exists()


def test_a_slice_told_of_twice_is_read_once(monkeypatch):
    monkeypatch.setattr(reading, "PIECE_ROWS", 3)
    rows = bodies()
    rows[0]["minutes"] = "x"
    batch = take(ndjson(rows), "sessions.ndjson", hold=True)
    all_cut(batch)
    for number in (3, 1, 1, 2, 3, 1):
        imports.read_slice(batch.pk, number, NOW)
    assert comes_to(batch)[:2] == ("previewed", (7, 7, 6, 1, 0)) and batch.problems.count() == 1


def test_a_killed_slice_leaves_nothing(monkeypatch):
    monkeypatch.setattr(reading, "PIECE_ROWS", 3)
    batch = take(ndjson(bodies()), "sessions.ndjson", hold=True)
    all_cut(batch)

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(slices.Reading, "keep", killed)
        imports.read_slice(batch.pk, 2, NOW)
    assert waiting(batch) == [1, 2, 3]
    read_shuffled(batch)
    assert comes_to(batch)[:2] == ("previewed", (7, 7, 7, 0, 0))


def test_no_more_problems_are_kept_than_may_be(monkeypatch):
    monkeypatch.setattr(reading, "PIECE_ROWS", 2)
    monkeypatch.setattr(slices, "MOST_PROBLEMS", 3)
    rows = [row | {"minutes": "x"} for row in bodies()]
    batch = take(ndjson(rows), "sessions.ndjson")
    read_shuffled(batch)
    batch.refresh_from_db()
    assert (batch.status, batch.rows_refused, batch.summary["counts"]["problems"]) == ("refused", 7, 7)
    assert batch.problems.count() == 3


def test_ids_are_compared_with_the_first_that_said_them():
    batch = take(ndjson(bodies()), "sessions.ndjson")

    def of(*rows, known=b""):
        seen = Seen(batch.pk, known)
        return [seen.add(key, digest * 8) for key, digest in rows], seen.added()

    parts = [of(("A", "1"), ("B", "1")), of(("C", "1"), ("A", "2")), of(("A", "1"), ("D", "1"), ("A", "2"))]
    assert [said for said, _ in parts] == [[None, None], [None, None], [None, None, False]]
    found = repeated(added for _, added in parts)
    assert sorted(found) == [2, 3]
    assert of(("C", "1"), ("A", "2"), known=found[2])[0] == [None, False]
    assert of(("A", "1"), ("D", "1"), ("A", "2"), known=found[3])[0] == [True, None, False]
