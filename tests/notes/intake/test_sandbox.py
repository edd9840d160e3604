"""The sandbox itself: what a child cannot do, what harmful files come to, and that it ends with everything it began."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from clawguard.events.errors import Refused
from notes import files, sandbox
from notes.extraction import kinds
from notes.extraction.refusing import Unreadable
from notes.sandbox import parent
from tests.notes.intake import making, page_trees

ROOT = Path(__file__).resolve().parents[3]
HONEST = making.pdf(["\n".join(making.LINES)])


def children() -> set[int]:
    """Processes under this one; other tests of it may have servers of their own."""
    return {child.pid for child in psutil.Process().children(recursive=True)}


def outcome(content: bytes, ask: Callable[..., Any] = sandbox.look) -> str:
    try:
        ask(content, kinds.kind_of(content))
    except Unreadable as refused:
        return refused.code
    except sandbox.Stopped as stopped:
        return f"stopped: {stopped.reason}"
    return "read"


class TestWalls:
    def test_a_child_can_do_nothing_but_read_what_it_was_given(self) -> None:
        tried = sandbox.probe()
        assert tried["can_write_files"] is False
        assert tried["can_make_socket"] is tried["can_connect"] is (not tried["walls"]["network"])
        assert tried["can_read_files"] is (not tried["walls"]["files"])

    @pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")
    def test_on_a_kernel_of_today_they_all_stand(self) -> None:
        assert sandbox.look(HONEST, kinds.PDF)["walls"] == {"files": True, "network": True}

    def test_it_is_told_no_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given: list[dict[str, Any]] = []
        start = subprocess.Popen
        monkeypatch.setattr(parent.subprocess, "Popen", lambda *a, **k: (given.append(k), start(*a, **k))[1])
        monkeypatch.setenv("NOTE_KEYS", "secret")
        sandbox.look(HONEST, kinds.PDF)
        assert set(given[0]["env"]) == {"PATH", "LANG", "PYTHONDONTWRITEBYTECODE"}
        assert given[0]["start_new_session"] is True


HARMFUL = [
    ("many pages", making.many_pages, "file_too_many_pages"),  # BI-32
    ("many different pages", page_trees.different_pages, "file_too_many_pages"),
    ("cyclic page tree", making.cyclic_pages, "file_broken"),
    ("page tree without end", page_trees.deep_pages, "file_broken"),
    # PDFium leaves the picture out, reads on, and comes to an end
    ("picture in a page without EI", page_trees.endless_picture, "read"),
    ("page tree that leads back", page_trees.cycle_further_down, "read"),
    ("stacked filters", making.stacked_flate, "stopped: died"),  # BI-31
    ("drawings within drawings", making.slow_pdf, "stopped: died"),
    ("picture of billions", making.huge_png, "file_picture_too_large"),  # BI-35
    ("word bomb", making.docx_bomb, "file_too_complex"),  # BI-36
    ("word that lies about its size", making.lying_docx, "file_too_complex"),
    ("entities of entities", lambda: making.ccda(before=making.LAUGHING), "file_entities"),
    ("nested arrays", lambda: b'{"resourceType":"DocumentReference","content":' + b"[" * 200_000, "file_broken"),
]


@pytest.mark.parametrize(("make", "expected"), [row[1:] for row in HARMFUL], ids=[row[0] for row in HARMFUL])
def test_harmful_files_end_within_their_limits(make: Callable[[], bytes], expected: str) -> None:
    content, others = make(), children()
    begun = time.monotonic()
    assert outcome(content) == expected
    assert time.monotonic() - begun < parent.LOOK.wall_seconds + 2
    assert children() <= others


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (making.many_pages, "file_too_many_pages"),
        (page_trees.different_pages, "file_too_many_pages"),
        (making.cyclic_pages, "file_broken"),
        (page_trees.deep_pages, "file_broken"),
        (making.stacked_flate, "stopped: died"),
        (making.slow_pdf, "stopped: died"),
    ],
)
def test_the_provider_hears_at_once_what_cannot_be_read(make: Callable[[], bytes], expected: str) -> None:
    with pytest.raises(Refused) as refused:
        files.receive("note.pdf", [make()])
    assert refused.value.pointer == "/file"  # 422
    assert refused.value.code == (expected if expected.startswith("file") else "file_too_complex")


def test_what_lies_before_a_picture_without_end_is_read() -> None:
    [page] = sandbox.read(page_trees.endless_picture(), kinds.PDF)["pages"]
    assert "Before it" in page["text"]


class TestMemory:
    """256 MB for what needs no more; 400 MB for pictures, which are decoded whole."""

    @pytest.mark.parametrize(
        ("kind", "megabytes"),
        [(kinds.PDF, 256), (kinds.DOCX, 256), (kinds.TEXT, 256), (kinds.PNG, 400), (kinds.FHIR, 400)],
    )
    def test_by_kind(self, kind: str, megabytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
        given: list[parent.Limits] = []
        monkeypatch.setattr(parent, "_run", lambda _job, _content, limits: given.append(limits))
        sandbox.look(b"", kind)
        sandbox.read(b"", kind)
        assert [limits.megabytes for limits in given] == [megabytes] * 2
        assert all(limits.cpu_seconds <= 20 for limits in given)

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere address space is not what it costs")
    def test_a_colour_scan_fits_and_would_not_into_less(self, monkeypatch: pytest.MonkeyPatch) -> None:
        scan = making.saved(making.picture(size=(5100, 6600), mode="RGBA"), "PNG")
        assert outcome(scan) == "read"
        monkeypatch.setattr(parent, "FOR_PICTURES", 256)
        assert outcome(scan) == "file_too_complex"

    @pytest.mark.parametrize(
        "make",
        [
            lambda: making.pdf(["\n".join(making.LINES)] * 200, compressed=True),
            lambda: making.scanned_pdf(*[making.picture(size=(2550, 3300))] * 3),
            lambda: making.docx(extra={"word/media/a.jpg": os.urandom(20 * 1024 * 1024)}),
        ],
        ids=["200 pages", "scan at 300 dpi", "word with a picture"],
    )
    def test_ordinary_files_fit(self, make: Callable[[], bytes]) -> None:
        assert outcome(make()) == "read"
        assert outcome(make(), sandbox.read) == "read"


def test_other_files_are_read_while_one_hangs() -> None:
    hanging = threading.Thread(target=outcome, args=(making.slow_pdf(), sandbox.read))
    hanging.start()
    answered = 0
    while hanging.is_alive() and answered < 3:
        assert outcome(HONEST) == "read"
        answered += 1
    hanging.join()
    assert answered >= 1


class TestTheEnd:
    def test_a_child_that_is_too_slow_is_ended_with_all_it_began(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # with room enough for whatever a quick machine piles up in that time: only the clock may end it
        monkeypatch.setattr(parent, "READ", replace(parent.READ, wall_seconds=0.5, megabytes=4096))
        others = children()
        assert outcome(making.slow_pdf(), sandbox.read) == "stopped: time"
        assert children() <= others

    def test_an_answer_without_end_is_not_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parent, "MOST_ANSWER", 10)
        assert outcome(HONEST) == "stopped: size"

    def test_a_child_that_cannot_be_started_is_told_from_a_bad_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parent, "CHILD", Path("/nowhere/child.py"))
        assert outcome(HONEST) == "stopped: unstarted"

    def test_only_so_many_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parent, "PATIENCE", 0.05)
        for _ in range(parent.MOST_AT_ONCE):
            parent._places.acquire()
        try:
            assert outcome(HONEST) == "stopped: busy"
        finally:
            for _ in range(parent.MOST_AT_ONCE):
                parent._places.release()
        assert outcome(HONEST) == "read"

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limits end it")
    def test_it_ends_when_the_process_that_asked_is_killed(self, killed: subprocess.Popen[bytes]) -> None:
        children = self.wait_for_children(killed.pid)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        _gone, alive = psutil.wait_procs(children, timeout=5)
        assert alive == []

    @pytest.fixture
    def killed(self) -> Iterator[subprocess.Popen[bytes]]:
        code = "from notes import sandbox; from tests.notes.intake import making\nsandbox.read(making.slow_pdf(), %r)"
        process = subprocess.Popen([sys.executable, "-c", code % kinds.PDF], cwd=ROOT)
        yield process
        process.kill()
        process.wait()

    @staticmethod
    def wait_for_children(pid: int) -> list[psutil.Process]:
        """Children that have their limits already, so that they asked to be ended with their parent."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            found = psutil.Process(pid).children(recursive=True)
            if found and all(child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0) for child in found):
                return found
            time.sleep(0.05)
        raise AssertionError("no child was started")
