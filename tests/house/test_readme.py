"""What the front pages promise is there: files, commands, targets, sign-ins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from clawguard.accounts.demo import PASSWORD
from clawguard.accounts.models import Role
from clawguard.demo.cast import STAFF

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/deploy.md")


def text(page: str) -> str:
    return (ROOT / page).read_text()


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text(page))
    folder = (ROOT / page).parent
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists(page: str) -> None:
    named = set(re.findall(r"manage\.py ([a-z][a-z0-9_]+)", text(page)))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_exists(page: str) -> None:
    named = set(re.findall(r"(?:`|^    |=\S+ )make ([a-z]+)", text(page), re.M))
    assert named - set(re.findall(r"^([a-z]+):", text("Makefile"), re.M)) == set()


def test_the_sign_ins_are_those_of_the_demo() -> None:
    table = text("README.md").partition("## Who signs in")[2].partition("\n## ")[0]
    assert PASSWORD in table
    invented = {email for email, *_ in STAFF}
    told = set(re.findall(r"`([a-z]+@example\.com)`", table))
    assert told <= invented
    roles = {role for email, _, role, _ in STAFF if email in told}
    assert roles == set(Role) - {Role.PROVIDER}
