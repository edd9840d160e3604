"""What is installed: pinned, hashed, explained, and free of any machine's own index."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-test.txt")
WISHES = ("requirements.in", "requirements-test.in")


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s\\;]+)", text, re.M)
    return {package.lower().replace("_", "-"): version for package, version in found}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(), flags=re.I)
    assert len(entries) > 20
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", (*LOCKS, *WISHES))
def test_no_address_of_an_index_is_written_down(name: str) -> None:
    assert re.search(r"://|--index|--find-links|--extra", (ROOT / name).read_text()) is None


@pytest.mark.parametrize(("wish", "lock"), list(zip(WISHES, LOCKS, strict=True)))
def test_the_lock_holds_what_is_wished_for(wish: str, lock: str) -> None:
    locked = pins(lock)
    assert {name: locked.get(name) for name in pins(wish)} == pins(wish)


@pytest.mark.parametrize("name", WISHES)
def test_every_wish_is_an_exact_version(name: str) -> None:
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    assert [line for line in lines if line and not line.startswith("-r") and "==" not in line] == []


def test_every_run_package_says_why_it_is_here() -> None:
    lines = (ROOT / "requirements.in").read_text().splitlines()
    assert [line for line in lines if "==" in line and "#" not in line] == []


def test_psycopg_3_is_not_installed() -> None:
    installed = {(found.metadata["Name"] or "").lower() for found in distributions()}
    assert installed & {"psycopg", "psycopg-binary", "psycopg-c"} == set()
    assert "psycopg2-binary" in installed
