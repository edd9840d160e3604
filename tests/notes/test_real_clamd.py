"""The real clamd, where it is installed, beside our stand-in: both say the same of the same files (BI-28 to BI-30).

With a database of its own that knows one signature, so that nothing is fetched from anywhere.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notes import scanner
from notes.models.reading import ScanVerdict
from tests.notes.intake import clamd, making

PROGRAM = shutil.which("clamd", path="/usr/local/sbin:/usr/sbin:/usr/bin:/opt/homebrew/sbin")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="clamd is not installed (Debian: clamav-daemon)")
MEGA = 1024 * 1024
MOST, MOST_STREAM = MEGA, 3 * MEGA


def started(home: Path, alert: bool) -> subprocess.Popen[bytes]:
    (home / "db").mkdir()
    (home / "db" / "own.ndb").write_text(f"Eicar-Test-Signature:0:*:{making.EICAR.hex()}\n")
    settings = {
        "LocalSocket": home / "clamd.sock",
        "DatabaseDirectory": home / "db",
        "TemporaryDirectory": home,
        "Foreground": "yes",
        "StreamMaxLength": MOST_STREAM,
        "MaxFileSize": MOST,
        "MaxScanSize": 2 * MOST,
        "AlertExceedsMax": "yes" if alert else "no",
    }
    (home / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    assert PROGRAM is not None
    process = subprocess.Popen([PROGRAM, "-c", str(home / "clamd.conf")], stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not (home / "clamd.sock").exists() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    return process


@pytest.fixture(scope="module", params=[True, False], ids=["alerts", "silent"])
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bool]]:
    home = tmp_path_factory.mktemp("clamd")
    process = started(home, request.param)
    yield f"unix://{home}/clamd.sock", request.param
    process.terminate()
    process.wait()


def zipped(*members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(members):
            archive.writestr(f"{number}.txt", content)
    return out.getvalue()


def name(value: Any) -> str:
    return f"{len(value)} bytes" if isinstance(value, bytes) else str(value.signature or value.verdict)


HARM = scanner.Scanned(ScanVerdict.INFECTED, clamd.SIGNATURE)
CLEAN = scanner.Scanned(ScanVerdict.CLEAN)
LARGE = scanner.Scanned(ScanVerdict.UNSCANNABLE, "Heuristics.Limits.Exceeded.MaxFileSize")
PACKED = scanner.Scanned(ScanVerdict.UNSCANNABLE, "Heuristics.Limits.Exceeded.MaxScanSize")
REFUSED = scanner.Scanned(ScanVerdict.UNSCANNABLE, "size limit")
NOTE = making.pdf(["A note"])
HIDDEN = making.assembled([making.text_stream("A note") + b"\n%" + making.EICAR], compressed=True)
BOTH = [(b"", CLEAN), (NOTE, CLEAN), (making.EICAR, HARM), (NOTE + making.EICAR, HARM), (bytes(MOST), CLEAN)]
LIMITS = [(bytes(MOST_STREAM + 1), REFUSED), (bytes(8 * MOST_STREAM), REFUSED)]
INSIDE = [(HIDDEN, HARM), (zipped(making.EICAR), HARM), (zipped(zipped(making.EICAR)), HARM)]


@pytest.mark.parametrize(("content", "expected"), [*BOTH, *LIMITS, *INSIDE], ids=name)
def test_what_it_says(settings: Any, real: tuple[str, bool], content: bytes, expected: scanner.Scanned) -> None:
    settings.CLAMAV_URL, _ = real
    assert scanner.scan(content) == expected
    assert scanner.is_there()


@pytest.mark.parametrize(("content", "expected"), [*BOTH, *LIMITS, (bytes(MOST + 1), LARGE)], ids=name)
def test_our_stand_in_says_the_same(settings: Any, content: bytes, expected: scanner.Scanned) -> None:
    with clamd.running(limit=MOST, stream_limit=MOST_STREAM) as server:
        settings.CLAMAV_URL = server.url
        assert scanner.scan(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [(bytes(MOST + 1), LARGE), (making.EICAR + bytes(MOST), LARGE), (zipped(*[bytes(900_000)] * 4), PACKED)],
    ids=name,
)
def test_beyond_its_limits_only_the_setting_makes_it_say_so(
    settings: Any, real: tuple[str, bool], content: bytes, expected: scanner.Scanned
) -> None:
    settings.CLAMAV_URL, alerts = real
    assert scanner.scan(content) == (expected if alerts else CLEAN)


def test_stopped_it_is_down(settings: Any, tmp_path: Path) -> None:
    process = started(tmp_path, alert=True)
    settings.CLAMAV_URL = f"unix://{tmp_path}/clamd.sock"
    assert scanner.scan(NOTE) == CLEAN
    process.kill()
    process.wait()
    with pytest.raises(scanner.ScannerDown):
        scanner.scan(NOTE)
    assert not scanner.is_there()
