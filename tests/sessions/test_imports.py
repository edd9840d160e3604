"""Files: read through before anything is stored, stored in pieces, and the same however they come in."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.domain.submission import facts_to_dict, parse
from clawguard.events.errors import Refused
from clawguard.events.services import WrongState
from sessions import services
from sessions.intake import vault
from sessions.intake.writers import write_csv, write_ndjson
from sessions.models import Finding, ImportBatch, TherapySession
from sessions.services import imports
from sessions.services.imports import reading
from tests.builders import NOW, npi, session_body, short_session
from tests.sessions.test_intake import screen_all

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def bodies(count=7):
    """Some sessions of three clients and two providers; every third is short, and two overlap."""
    made = []
    for number in range(count):
        make = short_session if number % 3 == 0 else session_body
        day = f"2026-09-{1 + number // 2:02d}"
        body = make(
            external_id=f"S-{number}",
            client={"external_id": f"C-{number % 3}"},
            provider={**session_body()["provider"], "npi": npi(1 + number % 2)},
        )
        for field in ("start", "end", "confirmed_at"):
            body[field] = day + body[field][10:]
        made.append(body | {"date_of_service": day})
    return made


def ndjson(rows):
    return "".join(write_ndjson(rows)).encode()


def csv(rows):
    whole = [facts_to_dict(parse(row, now=NOW)[0].facts) for row in rows]
    return "".join(write_csv(whole)).encode()


def take(content, name="sessions.ndjson", actor=SYSTEM, now=NOW, **wishes):
    return imports.receive(actor, name, [content], imports.Wishes(**wishes), now)


def run(batch, now=NOW):
    """What the workers would do."""
    store(batch, now)
    screen_all(now)
    batch.refresh_from_db()
    return batch


def store(batch, now=NOW):
    """The part of it that comes before screening."""
    read(batch, now)
    piece = batch.pieces_stored + 1
    while imports.store_piece(batch.pk, piece, now):
        piece += 1


def read(batch, now=NOW):
    while imports.read_on(batch.pk, now):
        pass
    batch.refresh_from_db()


def stored():
    """All that is known afterwards, without ids and moments."""
    sessions = {
        row.external_id: (row.revision, row.digest, row.provider.npi, row.client.external_id)
        for row in TherapySession.objects.select_related("provider", "client")
    }
    findings = sorted(
        (row.session.external_id, row.check_id, str(row.evidence), row.message, tuple(row.related), row.amount_at_risk)
        for row in Finding.objects.filter(status="new").select_related("session")
    )
    return sessions, findings


def alone(rows):
    for row in rows:
        services.submit(SYSTEM, row, NOW)
        screen_all()
    return stored()


def test_a_file_stores_what_single_submissions_would(django_db_blocker):
    one_by_one = alone(bodies())
    assert len(one_by_one[1]) > 3
    TherapySession.objects.update(chunk=None)
    _forget()
    assert run(take(ndjson(bodies()))).status == "done"
    assert stored() == one_by_one
    _forget()
    assert run(take(csv(bodies()), "sessions.csv")).status == "done"
    assert stored() == one_by_one


@pytest.mark.parametrize("rows", [1, 2, 3, 1000])
def test_the_size_of_a_piece_changes_nothing(monkeypatch, rows):
    expected = alone(bodies())
    _forget()
    monkeypatch.setattr(reading, "PIECE_ROWS", rows)
    batch = run(take(ndjson(bodies())))
    assert batch.pieces == -(-7 // rows) and stored() == expected


def _forget():
    from sessions.models import IntakeChunk, Screening

    for model in (Finding, Screening, TherapySession, IntakeChunk, ImportBatch):
        model.objects.all().delete()


def test_the_slices_of_reading_change_nothing(monkeypatch):
    monkeypatch.setattr(reading, "CUT_PIECES", 2)
    monkeypatch.setattr(reading, "PIECE_ROWS", 2)
    batch = run(take(ndjson([*bodies(), bodies()[0]])))
    assert (batch.rows_read, batch.rows_created, batch.rows_unchanged, batch.pieces) == (8, 7, 1, 4)


def test_the_same_file_again_changes_nothing():
    first = run(take(ndjson(bodies())))
    before = stored()
    again = run(take(ndjson(bodies()[::-1])), LATER)
    assert (first.changed, again.changed, again.rows_unchanged) == (True, False, 7)
    assert stored() == before


def test_a_changed_row_is_a_correction():
    run(take(ndjson(bodies())))
    rows = bodies()
    rows[0]["end"] = rows[0]["end"].replace("10:49", "10:57")
    batch = run(take(ndjson(rows)), LATER)
    assert (batch.rows_corrected, batch.rows_unchanged) == (1, 6)
    assert TherapySession.objects.get(external_id="S-0").revision == 2


def test_one_bad_row_keeps_the_whole_file_out_and_says_where():
    rows = bodies()
    rows[3]["minutes"], rows[5]["client"] = "x", {}
    batch = run(take(ndjson(rows)))
    assert (batch.status, batch.summary["reason"], batch.rows_refused) == ("refused", "bad_rows", 2)
    assert not TherapySession.objects.exists()
    told = [(problem.row, problem.label, problem.pointer) for problem in batch.problems.order_by("row")]
    assert told == [(4, "S-3", "/minutes"), (6, "S-5", "/client/external_id")]
    assert batch.stored_as == ""


def test_the_good_rows_come_in_when_that_is_said():
    rows = bodies()
    rows[3]["minutes"] = "x"
    batch = run(take(ndjson(rows), only_good_rows=True))
    assert (batch.status, batch.rows_created, batch.rows_refused) == ("done", 6, 1)


def test_a_column_is_named_where_there_is_one():
    text = csv(bodies()).decode().replace("2026-09-02,", "2026-19-02,", 1)
    batch = run(take(text.encode(), "sessions.csv"))
    problem = batch.problems.get()
    assert (problem.column, problem.row) == ("date_of_service", 4) and "2026-19-02" not in problem.message


def test_two_rows_with_one_id_are_told_apart():
    rows = [bodies()[0], bodies()[1] | {"external_id": "S-0"}]
    batch = run(take(ndjson(rows)))
    assert batch.status == "refused" and batch.problems.get().code == "duplicate_id"


def test_a_dry_run_says_what_would_happen_and_stores_nothing():
    services.submit(SYSTEM, bodies()[0], NOW)
    batch = run(take(ndjson(bodies()), dry_run=True))
    assert batch.status == "done" and TherapySession.objects.count() == 1
    assert (batch.summary["counts"]["created"], batch.summary["counts"]["unchanged"]) == (6, 1)
    assert batch.summary["findings"]["CG101"] == 3


def test_a_held_file_waits_for_a_person(rui):
    rows = bodies()
    rows[3]["minutes"] = "x"
    batch = run(take(ndjson(rows), actor=of_user(rui), hold=True))
    assert batch.status == "previewed" and not TherapySession.objects.exists()
    with pytest.raises(Refused, match="1 rows"):
        imports.start(of_user(rui), batch.pk, LATER)
    imports.start(of_user(rui), batch.pk, LATER, only_good_rows=True)
    assert run(batch, LATER).rows_created == 6
    with pytest.raises(WrongState):
        imports.cancel(of_user(rui), batch.pk, LATER)


def test_a_killed_piece_leaves_nothing_and_is_stored_by_the_next_worker(monkeypatch):
    monkeypatch.setattr(reading, "PIECE_ROWS", 3)
    batch = take(ndjson(bodies()))
    read(batch)
    imports.store_piece(batch.pk, 1, NOW)
    from sessions.services.imports import running

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(running, "publish", _killed)
        imports.store_piece(batch.pk, 2, NOW)
    assert TherapySession.objects.count() == 3
    for _ in range(3):
        imports.store_piece(batch.pk, 2, NOW)  # delivered once or more often
    assert TherapySession.objects.count() == 6
    assert run(batch).rows_created == 7


def _killed(*_args, **_more):
    raise KeyboardInterrupt


def test_a_killed_reading_starts_over(monkeypatch):
    monkeypatch.setattr(reading, "PIECE_ROWS", 2)
    batch = take(ndjson(bodies()))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(reading, "_decide", _killed)
        read(batch)
    assert run(batch).rows_created == 7


def test_the_file_is_sealed_while_it_waits_and_gone_afterwards(django_capture_on_commit_callbacks):
    content = ndjson(bodies())
    batch = take(content)
    read(batch)
    kept = [path.read_bytes() for path in vault.folder(batch.pk).iterdir()]
    assert len(kept) == 3 and all(b"S-1" not in piece and b"C-1" not in piece for piece in kept)
    assert b"".join(vault.read(batch.pk)) == content
    with django_capture_on_commit_callbacks(execute=True):
        run(batch)
    assert not vault.folder(batch.pk).exists() and batch.stored_as == ""


def test_a_file_that_went_missing_is_refused_not_half_done():
    batch = take(ndjson(bodies()))
    vault.remove(batch.pk)
    assert run(batch).summary["reason"] == "file_gone"


def test_files_nobody_confirmed_are_left_after_a_week(rui):
    batch = run(take(ndjson(bodies()), hold=True))
    ImportBatch.objects.update(updated_at=NOW)
    assert imports.clear_abandoned(NOW + dt.timedelta(days=8)) == 0
    batch.refresh_from_db()
    assert batch.status == "cancelled"


def test_a_sender_who_lost_their_role_imports_nothing(rui):
    batch = take(ndjson(bodies()), actor=of_user(rui))
    rui.is_active = False
    rui.save()
    assert run(batch).summary["reason"] == "sender_not_allowed"
