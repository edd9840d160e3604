"""Documentation of the checks cannot fall behind: ids, titles, versions, sources and links agree in both directions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clawguard.domain.checks import ALL, CheckInfo
from clawguard.domain.codesets.policies import LABELS
from clawguard.domain.patterns import PATTERNS, PatternInfo

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "checks"
HEADINGS = [
    "What it looks at",
    "Why it matters",
    "Trips",
    "Passes",
    "How to answer",
    "Source",
    "Versions",
]

CHOICES = "What may be decided differently"  # only where a policy value bears on the check
EVERY: dict[str, CheckInfo | PatternInfo] = {**ALL, **PATTERNS}


def section(text: str, heading: str) -> str:
    return text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0].strip()


def test_every_check_has_a_page_and_every_page_a_check() -> None:
    assert {page.stem for page in DOCS.glob("CG*.md")} == set(EVERY)
    assert not set(ALL) & set(PATTERNS)


@pytest.mark.parametrize("identifier", sorted(EVERY))
def test_the_page_says_what_the_check_is(identifier: str) -> None:
    info = EVERY[identifier]
    text = (DOCS / f"{identifier}.md").read_text()
    assert text.startswith(f"# {identifier} · {info.title}\n")
    found = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [heading for heading in found if heading != CHOICES] == HEADINGS
    assert all(section(text, heading) for heading in HEADINGS)
    assert text.splitlines()[2].startswith(f"{info.severity.capitalize()} · {info.category} ·")
    assert f"[{info.source.name}]({info.source.url})" in section(text, "Source")
    versions = re.findall(r"^\| (\d+) \|", section(text, "Versions"), re.MULTILINE)
    assert [int(number) for number in versions] == list(range(1, info.version + 1))


@pytest.mark.parametrize("identifier", sorted(EVERY))
def test_the_page_names_the_policy_values_that_bear_on_the_check(identifier: str) -> None:
    (rule,) = (ROOT / "clawguard" / "domain").glob(f"*/rules/{identifier.lower()}_*.py")
    used = {name for name in LABELS if re.search(rf"\.{name}\b", rule.read_text())}
    text = (DOCS / f"{identifier}.md").read_text()
    told = section(text, CHOICES) if f"\n## {CHOICES}\n" in text else text.partition(f"{CHOICES}: ")[2].split("\n\n")[0]
    named = set(re.findall(r"`([a-z]\w+)`", told))
    assert named <= set(LABELS)
    assert used <= named


def test_the_index_lists_every_check_with_its_title_and_severity() -> None:
    listed = re.findall(
        r"^\| \[(CG\d{3})\]\((CG\d{3})\.md\) \| (.+) \| (\w+) \|$", (DOCS / "index.md").read_text(), re.M
    )
    assert sorted(listed) == sorted((info.id, info.id, info.title, str(info.severity)) for info in EVERY.values())


RULES = [
    *(f"R-{number:02}" for number in range(1, 45)),  # risks of a session and across sessions
    *(f"T-{number}" for number in range(1, 8)),  # time
    *(f"P-{number}" for number in range(1, 11)),  # places and modifiers
    *(f"D-{number}" for number in range(1, 14)),  # diagnoses
    *(f"C-{number:02}" for number in range(1, 37)),  # procedure codes
    *(f"N-{number:02}" for number in range(1, 21)),  # pairs and units
    *(f"E-{number:02}" for number in range(1, 60)),  # elements of a note
]


def test_coverage_names_every_rule_once_with_its_check_or_the_reason_there_is_none() -> None:
    text = (DOCS / "coverage.md").read_text()
    rows = re.findall(r"^\| ([A-Z]-\d+) \| (.+?) \| (.+) \|$", text, re.MULTILINE)
    assert [rule for rule, _, _ in rows] == RULES
    assert re.findall(r"^\| (?!rule|---)(?![A-Z]-\d+ \|).*$", text, re.MULTILINE) == []
    for rule, _, answer in rows:
        assert re.search(r"\[CG\d{3}\]\(CG\d{3}\.md\)", answer) or len(answer.split()) >= 4, rule
        assert "later" not in answer.lower(), rule


def test_coverage_names_only_checks_that_exist_and_links_what_it_names() -> None:
    text = (DOCS / "coverage.md").read_text()
    assert set(re.findall(r"CG\d{3}", text)) <= set(EVERY)
    assert {(one, other) for one, other in re.findall(r"\[(CG\d{3})\]\((CG\d{3})\.md\)", text) if one != other} == set()


def test_every_check_is_found_in_coverage() -> None:
    assert set(EVERY) <= set(re.findall(r"CG\d{3}", (DOCS / "coverage.md").read_text()))
