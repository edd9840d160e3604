"""Every key that a page or a script answers stands in the table that the sheet of keys prints."""

from __future__ import annotations

import re
from pathlib import Path

from clawguard.ui.context import PLACES
from clawguard.ui.keys import BY_NAME, GROUPS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LISTED = {cap.lower() for key in BY_NAME.values() for cap in key.keys.split()}


def test_templates_bind_keys_by_their_names_alone() -> None:
    by_hand = [path.name for path in TEMPLATES if "data-key=" in path.read_text()]
    assert by_hand == []


def test_every_key_of_a_case_and_of_an_answer_is_bound_somewhere() -> None:
    bound = {name for path in TEMPLATES for name in re.findall(r'{% key "([^"]+)" %}', path.read_text())}
    assert bound == {name for name in BY_NAME if name.startswith(("case.", "answer."))}


def test_every_key_that_scripts_answer_is_listed() -> None:
    answered = set()
    keys = (ROOT / "static" / "js" / "keys.js").read_text()
    answered |= set(re.findall(r'\bkey(?:\.toLowerCase\(\))? === "(.)"', keys))
    rows = (ROOT / "static" / "js" / "rows.js").read_text()
    table = re.search(r"export const rowKeys = {(.*)}", rows)
    assert table is not None
    answered |= set(re.findall(r"(\w+):", table[1]))
    assert {"k", "?", "/", "j", "x"} <= answered <= LISTED


def test_no_key_means_two_things_in_one_place_and_none_begins_a_chord() -> None:
    for place, keys in GROUPS.items():
        caps = [cap for key in keys.values() for cap in key.keys.split()]
        assert len(caps) == len(set(caps)), place
    assert {place.keys.split()[0] for place in PLACES if place.keys}.isdisjoint(LISTED)
