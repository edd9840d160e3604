"""The seam for another reader of notes: off by default, shown no more than it may see, never needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.notes import ElementResult, NoteAsk, NoteText, Span, Verdict
from clawguard.domain.notes import read_note as read_on_this_machine
from clawguard.domain.notes.elements import ALL
from notes import chosen, reader, services, while_typing
from notes.models import ElementVerdict, NoteReading, NotesRequest
from notes.services import prechecking
from sessions import facts
from tests.domain.notes.builders import ask
from tests.notes.intake import making
from tests.notes.test_reading_flow import run_everything

NOTE = "Progress note. Client spoke of her week and of the quarrel with her brother about the car."
SHOWN: list[tuple[NoteText, NoteAsk]] = []


class Other:
    """Calls every element met, from the first word of the note."""

    version = "other-1"

    def read(self, text: NoteText, ask: NoteAsk) -> Sequence[ElementResult]:
        SHOWN.append((text, ask))
        return [ElementResult(f"N{n:02}", Verdict.MET, spans=(Span(0, 0, 8),)) for n in range(1, 60)]


class Broken(Other):
    def read(self, text: NoteText, ask: NoteAsk) -> Sequence[ElementResult]:
        raise ConnectionError(text.pages[0])


class Elsewhere(Other):
    """Rests on what does not stand in the note."""

    def read(self, text: NoteText, ask: NoteAsk) -> Sequence[ElementResult]:
        return [ElementResult("N22", Verdict.MET, spans=(Span(0, 0, len(text.pages[0]) + 1),))]


@pytest.fixture(autouse=True)
def nothing_shown() -> Iterator[None]:
    SHOWN.clear()
    yield


@pytest.fixture
def other(settings: Any) -> None:
    settings.NOTE_READER = f"{__name__}.Other"


def test_our_own_reads_unless_another_is_named(settings: Any) -> None:
    assert isinstance(reader.chosen(), reader.OwnReader)
    assert (
        tuple(reader.chosen().read(NoteText((NOTE,)), ask())) == read_on_this_machine(NoteText((NOTE,)), ask()).results
    )
    assert reader.read_note(NoteText((NOTE,)), ask()) == read_on_this_machine(NoteText((NOTE,)), ask())


@pytest.mark.usefixtures("other")
def test_another_speaks_of_words_and_of_nothing_else() -> None:
    given = NoteText((NOTE,), "pdf")
    own, found = read_on_this_machine(given, ask()), reader.read_note(given, ask())
    assert own.of("N22").verdict is Verdict.MISSING
    assert (found.of("N22").verdict, found.version) == (Verdict.MET, "other-1")
    for element in ("N01", "N02", "N27", "N34", "N49", "N56"):
        assert found.of(element) == own.of(element), element
    assert [each.verdict for each in found.results if each.verdict is Verdict.NOT_APPLICABLE] == [
        each.verdict for each in own.results if each.verdict is Verdict.NOT_APPLICABLE
    ]


@pytest.mark.usefixtures("other")
def test_it_is_not_told_whose_note_it_is() -> None:
    reader.read_note(NoteText((NOTE,)), ask())
    [(_text, shown)] = SHOWN
    assert (shown.session.client_key, shown.session.external_id, shown.session.client_birth_date) == ("", "", None)
    assert shown.client_names == ()
    assert shown.session.codes == ask().session.codes


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("PSYCHOTHERAPY PROCESS NOTES\nClient dreamt.", {}),
        (f"{NOTE} See my process notes.", {}),
        ("Client: Quill Otherperson  DOB: 09/30/1978", {}),
        (NOTE, {"part2": True}),
    ],
)
def test_what_may_not_leave_is_not_shown(text: str, known: dict[str, Any]) -> None:
    given = NoteText((text,), "pdf")
    assert reader.read_note(given, ask(**known)) == read_on_this_machine(given, ask(**known))
    assert not SHOWN


@pytest.mark.parametrize("name", ["Broken", "Elsewhere"])
def test_one_that_fails_is_not_needed(settings: Any, name: str, caplog: pytest.LogCaptureFixture) -> None:
    settings.NOTE_READER = f"{__name__}.{name}"
    own = read_on_this_machine(NoteText((NOTE,)), ask())
    assert reader.read_note(NoteText((NOTE,)), ask()).results == own.results
    assert NOTE not in caplog.text
    assert ("failed" in caplog.text) == (name == "Broken")


@pytest.mark.django_db
@pytest.mark.usefixtures("other")
class TestEveryDoor:
    def test_a_note_that_was_sent(self, opened: NotesRequest, send: Any, now: dt.datetime) -> None:
        note = send(opened, now, text=NOTE).note
        for _ in range(2):  # the second finds it read
            services.read_on(note.pk, now)
        assert NoteReading.objects.get(note=note).reader == "other-1"
        assert ElementVerdict.objects.get(reading__note=note, element="N22").verdict == "met"

    def test_while_typing_and_before_sending(self, priya: User, opened: NotesRequest, now: dt.datetime) -> None:
        assert ALL["N22"].name in while_typing.read_so_far(of_user(priya), opened.pk, NOTE, now).found
        session = facts.session_facts([opened.session_id])[opened.session_id]
        assert prechecking.check_text(session, NOTE).reading.version == "other-1"

    def test_files_chosen(self, priya: User, opened: NotesRequest, now: dt.datetime) -> None:
        services.add_file(of_user(priya), opened.pk, "note.pdf", [making.pdf([NOTE])], now)
        run_everything()
        said = chosen.read_so_far(of_user(priya), opened.pk).said
        assert said is not None
        assert ALL["N22"].name in said.found
