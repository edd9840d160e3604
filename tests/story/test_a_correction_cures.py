"""The billed code is corrected to what was documented: the finding is cleared, what was said before stays readable."""

from __future__ import annotations

from django.test import Client

from clawguard import clock
from tests import world
from tests.story.telling import HOUR, Telling

KEYS = "sessions:read sessions:write notes:read"


def test_a_correction_cures_the_finding(told: Telling) -> None:
    sent = world.body(1)
    stored = told.program("post", "/sessions", sent, scopes=KEYS, status=201)
    told.work()
    address = f"/sessions/{stored['id']}"
    before = told.program("get", address, scopes=KEYS)
    assert [row["check"] for row in before["findings"] if row["severity"] == "error"] == ["CG101"]
    told.later(HOUR)
    lines = [{**sent["service_lines"][0], "code": "90834"}]
    etag = f'"{stored["id"]}-1"'
    told.program("patch", address, {"service_lines": lines}, scopes=KEYS, **{"If-Match": etag})
    told.program("patch", address, {"minutes": 50}, scopes=KEYS, status=412, **{"If-Match": etag})
    told.work()
    after = told.program("get", address, scopes=KEYS)
    assert (after["revision"], after["service_lines"][0]["code"]) == (2, "90834")
    assert "CG101" not in {row["check"] for row in after["findings"]}
    assert ("CG101", "cleared") in {(row["check"], row["status"]) for row in after["settled_findings"]}
    page = told.sees("billing", f"/sessions/{stored['id']}")
    assert "90837" in page  # the first revision, beside the second
    told.program("patch", address, {"service_lines": lines}, scopes=KEYS, **{"If-Match": f'"{stored["id"]}-2"'})
    assert told.program("get", address, scopes=KEYS)["revision"] == 2  # a change that changes nothing is none


def test_a_correction_needs_to_say_of_what(told: Telling) -> None:
    stored = told.program("post", "/sessions", world.body(1), scopes=KEYS, status=201)
    told.program("patch", f"/sessions/{stored['id']}", {"minutes": 50}, scopes=KEYS, status=428)
    with clock.pretend(told.now):
        assert Client().patch(f"/api/v1/sessions/{stored['id']}").status_code == 401
