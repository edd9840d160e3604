"""A check that is asked only where it could speak: the quick look misses nothing, and reads only what it names."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from clawguard.domain.checks import ALL, Context, screen
from clawguard.domain.checks.reading import FACTS, NAMES
from clawguard.domain.codesets import CodeTables, Policies, PolicyPeriod
from tests.domain.checks.builders import DAY, FY2026, session
from tests.domain.checks.test_reads import Watched, allowed, rows

GATED = sorted(identifier for identifier, info in ALL.items() if info.when_reads is not None)


def test_which_checks_look_first() -> None:
    assert GATED == ["CG317", "CG411", "CG513", "CG514", "CG520", "CG523", "CG609"]
    for identifier in GATED:
        info = ALL[identifier]
        assert info.when is not None and info.reads is None and set(info.when_reads or ()) <= NAMES


@pytest.mark.parametrize("identifier", GATED)
def test_where_it_could_not_speak_it_says_nothing(identifier: str) -> None:
    info, skipped, asked = ALL[identifier], 0, 0
    for row, context in rows():
        if FACTS in (info.when_reads or ()) and context.facts:
            continue
        if info.could_speak(row.given, context):
            asked += 1
        else:
            skipped += 1
            assert not list(info.run(row.given, context)), row.story
    assert skipped and asked


class Unread:
    """A policy of which nothing may be read."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} of the policy is read and not named")


@pytest.mark.parametrize("identifier", GATED)
def test_the_quick_look_reads_only_what_it_names(identifier: str) -> None:
    info = ALL[identifier]
    assert info.when is not None
    named = set(info.when_reads or ())
    for row, context in rows():
        read: set[str] = set()
        policy: Any = context.policy(row.given) if "policy" in named else Unread()
        info.when(Watched(row.given, read), policy)  # type: ignore[arg-type]
        assert read <= allowed(dataclasses.replace(info, reads=info.when_reads)), row.story


def test_what_is_remembered_of_one_policy_is_not_said_under_another() -> None:
    """The decision holds from a day on: sessions before and after it differ in nothing else."""
    before = DAY - dt.timedelta(days=1)
    period = PolicyPeriod(DAY, None, {"authorization_codes": frozenset({"90837"})})
    tables = CodeTables(icd=(FY2026,), policies=Policies((period,)))
    for day in (before, DAY, before, DAY):
        told = [found.check for found in screen(session(date_of_service=day), Context(tables))]
        assert told == (["CG513"] if day == DAY else [])
