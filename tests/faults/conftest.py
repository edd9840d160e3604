"""The stage of each fault run, and the figures that are printed at the end of the test run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from clawguard.bench.stage import Stage

FIGURES: list[str] = []


@pytest.fixture(scope="session")
def migrated() -> Iterator[Stage]:
    """A migrated database that the stages of all fault runs are copied from."""
    with Stage.open(settings.DATABASE_URL) as stage:
        yield stage


@pytest.fixture
def stage(migrated: Stage) -> Iterator[Stage]:
    with Stage.open(settings.DATABASE_URL, template=migrated.database) as opened:
        yield opened


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keep one line of figures for the end of the run."""

    def note(line: str) -> None:
        FIGURES.append(f"{request.node.name}: {line}")

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.section("fault runs")
        for line in FIGURES:
            terminalreporter.line(line)
