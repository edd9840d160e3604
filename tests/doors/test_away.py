"""What a page says while the database is away, to somebody who looked and to somebody who sent something."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import OperationalError
from django.test import RequestFactory

from clawguard.access.faults import answer
from clawguard.access.problems import of_exception


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_that_cannot_be_had_now_says_when_to_come_back(method: str) -> None:
    request = getattr(RequestFactory(), method)("/my")
    request.user, request.session = AnonymousUser(), SessionStore()
    problem = of_exception(OperationalError())
    assert problem is not None
    said = answer(request, problem)
    words = said.content.decode()
    assert (said.status_code, said["Retry-After"]) == (503, "5")
    assert words.count("Nothing was changed") == 1
    assert ("Go back with your browser" in words) == (method == "post")  # who only looked has typed nothing
