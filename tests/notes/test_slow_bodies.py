"""A body that hardly moves, or never comes: refused with what to do, and nobody waits behind it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from clawguard.accounts.models import User
from clawguard.whole_bodies import PATIENCE, PIECE, TooSlow, WholeBody, whole_bodies
from notes.models import Draft, NotesRequest
from tests.notes.test_broken_off import token_of


class Line:
    """A line on which ``content`` comes, after ``quick`` bytes of it at ``pace`` bytes a second. Waits for all it is
    asked for, as granian does, by a clock of its own."""

    def __init__(self, content: bytes, pace: float, quick: int = 0) -> None:
        self._left, self._pace, self._quick = memoryview(content), pace, quick
        self.now, self.reads = 0.0, 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        found = bytes(self._left[:size])
        self._left = self._left[size:]
        at_once, self._quick = min(len(found), self._quick), max(0, self._quick - len(found))
        self.now += (len(found) - at_once) / self._pace
        self.reads += 1
        return found

    readline = read


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Line]:
    def of(content: bytes, pace: float, quick: int = 0) -> Line:
        made = Line(content, pace, quick)
        monkeypatch.setattr("clawguard.whole_bodies.monotonic", lambda: made.now)
        return made

    return of


KILO, MEGA = 1024, 1024 * 1024


@pytest.mark.parametrize("read", [lambda body: body.read(), lambda body: body.read(90_000)])
@pytest.mark.parametrize("quick", [0, 200])
@pytest.mark.parametrize("pace", [1, 10, 100, 1_000])
def test_a_drip_is_given_up_after_a_minute(line: Any, pace: float, quick: int, read: Any) -> None:
    source = line(b"x" * 100_000, pace, quick)
    body = WholeBody(source, 100_000)
    with pytest.raises(TooSlow):
        read(body)
    assert PATIENCE < source.now <= PATIENCE + 32
    reads = source.reads
    with pytest.raises(TooSlow):  # once and for all: what comes now has no beginning
        body.read(1)
    assert (source.reads, type(body.broken)) == (reads, TooSlow)


@pytest.mark.parametrize(
    ("size", "pace"),
    [
        (512 * KILO, 12_500),  # a piece of a file on a phone at 100 kbit/s
        (25 * MEGA, 12_500),  # a whole file on it: over half an hour
        (200 * MEGA, 125_000),  # an import at 1 Mbit/s
        (512 * KILO, 1_100),  # as slow as may be
        (60, 1),  # a form, however slow, that is whole within a minute
    ],
)
def test_a_slow_line_that_moves_is_read_to_its_end(line: Any, size: int, pace: float) -> None:
    source = line(bytes(size), pace)
    assert len(WholeBody(source, size).read()) == size
    assert source.reads < 200 + size / min(pace, PIECE)  # it is asked about once a second


def test_a_fast_line_is_asked_for_much_at_once(line: Any) -> None:
    source = line(bytes(25 * MEGA), 1e9)
    body = WholeBody(source, 25 * MEGA)
    while body.read(PIECE):
        pass
    assert source.reads < 2 * 25 * MEGA / PIECE


def test_what_we_do_between_two_reads_is_not_laid_on_the_line(line: Any) -> None:
    source = line(b"x" * 1000, 1_000)
    body = WholeBody(source, 1000)
    for _ in range(10):
        assert len(body.read(100)) == 100
        source.now += 3600


def answered(environ: dict[str, Any], source: Any, patience: float = 0.0) -> tuple[str, dict[str, str], str]:
    said: list[Any] = []
    given = environ | {"wsgi.input": source}
    content = b"".join(
        whole_bodies(WSGIHandler(), patience)(given, lambda *start: said.append(start))  # type: ignore[arg-type]
    )
    [(status, headers)] = said
    return status[:3], dict(headers), content.decode()


@pytest.fixture
def form(priya: User, opened: NotesRequest) -> Callable[..., dict[str, Any]]:
    """What a form of the request's page sends, the token in the header or, with ``bare``, in the body that is late."""
    browser = Client()
    browser.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
    token = token_of(browser, opened)

    def of(name: str, accept: str, *, bare: bool = False) -> dict[str, Any]:
        made = RequestFactory().post(reverse(name, args=[opened.pk])).environ
        made |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "500", "HTTP_ACCEPT": accept}
        made |= {"HTTP_COOKIE": f"sid={browser.cookies['sid'].value}"}
        return made if bare else made | {"HTTP_X_CSRFTOKEN": token}

    return of


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("frozen")
class TestTheAnswer:
    @pytest.mark.parametrize("bare", [False, True])
    @pytest.mark.parametrize(
        ("name", "accept"),
        [
            ("my-draft", "application/json"),
            ("my-answer", "text/html"),
            ("my-extension", "text/html"),
            ("my-files", "application/json"),
        ],
    )
    def test_says_what_to_do_and_nothing_is_recorded(self, form: Any, name: str, accept: str, bare: bool) -> None:
        status, headers, content = answered(
            form(name, accept, bare=bare), io.BytesIO(b"reason=More+time&text=Half" * 50)
        )
        assert (status, headers["Connection"]) == ("408", "close")
        assert "Nothing was recorded; send it again" in content
        assert headers["Content-Type"].startswith("application/problem" if "json" in accept else "text/html")
        assert not Draft.objects.exists()

    def test_half_a_form_reaches_no_view(self, form: Any) -> None:
        """The check of its token swallows the error: with the token in the header it went on with an empty form."""
        status, _headers, content = answered(
            form("my-extension", "text/html"), io.BytesIO(b"reason=More+t"), patience=60.0
        )
        assert (status, "Only a part arrived" in content) == ("400", True)
        assert not NotesRequest.objects.exclude(extension_reason="").exists()

    def test_of_the_api_is_a_problem_document(self, api_of: Any, opened: NotesRequest) -> None:
        key = api_of("notes:write")._credentials["HTTP_AUTHORIZATION"]
        environ = RequestFactory().post("/api/v1/notes/check").environ
        environ |= {"HTTP_AUTHORIZATION": key, "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": "500"}
        status, headers, content = answered(environ, io.BytesIO(b'{"text":"' + b"x" * 600))
        assert (status, headers["Content-Type"]) == ("408", "application/problem+json")
        assert '"too_slow"' in content

    def test_the_check_of_the_token_stands_before_it(self) -> None:
        names = settings.MIDDLEWARE
        assert names.index("clawguard.access.broken.WholeBodies") > names.index(
            "django.middleware.csrf.CsrfViewMiddleware"
        )
