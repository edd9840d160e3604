"""The examples on the pages are run: what a page says trips a check or pattern trips it, what passes passes."""

from __future__ import annotations

import json

import pytest

from clawguard.domain.checks import ALL
from clawguard.domain.checks.examples import ExampleError, read
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.policies import DEFAULT
from clawguard.domain.patterns import PATTERNS
from clawguard.domain.patterns.examples import PatternExampleError, read_month
from sessions.check_pages import fragments
from tests.release import packaged

CHECKS = sorted(ALL)
EVERY = sorted({**ALL, **PATTERNS})


@pytest.mark.parametrize("kind", ["Trips", "Passes"])
def test_every_check_shows_an_example(kind: str) -> None:
    """The ones named need a block of JSON under that heading of their page: see docs/how-to-add-a-check.md."""
    assert [check for check in EVERY if not fragments(check, kind)] == []


@pytest.mark.parametrize("check", CHECKS)
def test_what_the_page_says_trips_it_does(check: str) -> None:
    for fragment in fragments(check, "Trips"):
        assert read(fragment, packaged()).findings(check), fragment


@pytest.mark.parametrize("check", CHECKS)
def test_what_the_page_says_passes_does(check: str) -> None:
    for fragment in fragments(check, "Passes"):
        assert read(fragment, packaged()).findings(check) == (), fragment


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_the_months_of_a_pattern_trip_and_pass_as_its_page_says(pattern: str) -> None:
    for fragment in fragments(pattern, "Trips"):
        assert read_month(fragment, DEFAULT).findings(pattern), fragment
    for fragment in fragments(pattern, "Passes"):
        month = read_month(fragment, DEFAULT)
        assert month.period.this_month and month.findings(pattern) == (), fragment


def test_the_quiet_month_trips_no_pattern_and_a_misspelt_one_is_named() -> None:
    assert [pattern for pattern in PATTERNS if read_month({}, DEFAULT).findings(pattern)] == []
    with pytest.raises(PatternExampleError, match="session"):
        read_month({"session": []}, DEFAULT)
    with pytest.raises(PatternExampleError, match="minuets"):
        read_month({"sessions": [{"minuets": 53}]}, DEFAULT)


def test_every_example_says_what_it_is_about_and_is_written_on_one_line() -> None:
    for check in EVERY:
        for kind in ("Trips", "Passes"):
            for fragment in fragments(check, kind):
                assert fragment.get("about", "").strip(), (check, kind)
                assert json.dumps(fragment)


def test_the_innocent_session_under_every_example_trips_nothing() -> None:
    assert [check for check in CHECKS if read({}, packaged()).findings(check)] == []


def test_a_fragment_that_is_no_session_names_the_field() -> None:
    with pytest.raises(ExampleError, match="/place_of_service"):
        read({"place_of_service": "office"}, CodeTables())
