"""The parts as templates draw them: what is typed by people stays text, what is not known is not drawn."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.template import Context, Template
from django.test import Client, RequestFactory

from clawguard.accounts.models import User
from clawguard.domain.calendar import deadline
from clawguard.holidays_us import federal_calendar
from clawguard.ui import context, words
from clawguard.ui.storage import HashedFiles

HOSTILE = "<script>alert(1)</script>"
NOW = dt.datetime(2026, 12, 1, 15, 0, tzinfo=dt.UTC)
FINDING = {
    "check": "CG101",
    "version": 3,
    "title": "Session too short",
    "severity": "error",
    "message": "47 minutes are documented.",
    "amount_at_risk": Decimal("142.50"),
    "suggested_step": "Ask for start and stop times.",
}


def draw(source: str, **given: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(given))


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("source", "given"),
    [
        ("{% code_chip given given %}", HOSTILE),
        ("{% icon 'clock' given %}", HOSTILE),
        ("{% state_chip 'late' given %}", HOSTILE),
        ("{% breadcrumbs given '/x' given %}", HOSTILE),
        ("{% finding_card given %}", {**FINDING, "title": HOSTILE, "message": HOSTILE, "suggested_step": HOSTILE}),
        ("{% thread given %}", [{"author": HOSTILE, "text": HOSTILE, "at": NOW}]),
        ("{% timeline given %}", [{"actor": HOSTILE, "verb": HOSTILE, "detail": HOSTILE, "at": NOW}]),
        ("{% evidence_list facts=given missing=given %}", [{"label": HOSTILE, "question": HOSTILE, "source": HOSTILE}]),
        ("{% upload_well url='/x' files=given %}", [{"name": HOSTILE, "status": HOSTILE, "remove_url": HOSTILE}]),
        ("{% filter_bar filters=given %}", [{"name": "q", "label": HOSTILE, "value": HOSTILE}]),
        ("{% confirm_dialog dom_id='d' title=given consequence=given url='/x' button=given reason=given %}", HOSTILE),
        ("{% progress 1 2 given %}", HOSTILE),
        ("{% include 'components/notice.html' with title=given text=given action=given action_url='/x' %}", HOSTILE),
        ("{% include 'components/state.html' with title=given text=given %}", HOSTILE),
    ],
)
def test_what_people_type_stays_text(source: str, given: Any) -> None:
    drawn = draw(source, given=given)
    assert "&lt;script&gt;" in drawn
    assert "<script>" not in drawn


def test_a_provider_reads_the_fix_first_and_no_money() -> None:
    drawn = text(draw("{% finding_card finding variant='provider' %}", finding=FINDING))
    assert drawn.index("Ask for start and stop times.") < drawn.index("47 minutes are documented.")
    assert "142.50" not in drawn
    assert "CG101" not in drawn


def test_staff_read_the_money_the_check_and_its_version() -> None:
    drawn = text(draw("{% finding_card finding %}", finding=FINDING))
    assert "$142.50" in drawn
    assert "CG101 v3" in drawn
    assert "Needs a change" in drawn


def test_the_day_strip_shows_every_day_of_a_real_deadline_with_its_reason() -> None:
    delivered = dt.datetime(2026, 11, 25, 14, 0, tzinfo=dt.UTC)  # the day before Thanksgiving
    due = deadline(delivered, "America/New_York", 3, federal_calendar())
    drawn = draw("{% day_strip days today=today %}", days=due.days, today=dt.date(2026, 11, 30))
    assert drawn.count("<li") == len(due.days)
    assert "Thanksgiving" in drawn
    assert drawn.count("is-due") == 1
    assert drawn.count('aria-current="date"') == 1
    counted = re.findall(r'day-strip__mark" aria-hidden="true">(\d)', drawn)
    assert counted == ["1", "2", "3"]


def test_system_steps_in_a_row_fold_into_one_line_and_single_ones_do_not() -> None:
    person = {"actor": "Rui", "verb": "wrote", "at": NOW}
    machine = {"verb": "Screened", "at": NOW, "system": True}
    drawn = draw("{% timeline entries %}", entries=[person, machine, machine, person, machine])
    assert text(drawn).count("2 automatic steps") == 1
    assert drawn.count("<details>") == 1


def test_a_clock_carries_what_the_page_needs_to_turn_it() -> None:
    drawn = draw(
        "{% clock_chip due now business_days=2 tz='America/New_York' %}", due=NOW + dt.timedelta(days=2), now=NOW
    )
    assert f'data-due="{(NOW + dt.timedelta(days=2)).isoformat()}"' in drawn
    assert f'data-now="{NOW.isoformat()}"' in drawn
    assert "2 business days left" in drawn
    late = draw("{% clock_chip due now %}", due=NOW, now=NOW)
    assert "is-late" in late


@pytest.mark.parametrize("state", sorted(words.STATE_WORDS))
def test_every_state_is_icon_and_word_and_colour(state: str) -> None:
    drawn = draw("{% state_chip state %}", state=state)
    icon = re.search(r"icons\.svg#([\w-]+)", drawn)
    assert icon
    assert f'id="{icon.group(1)}"' in (settings.BASE_DIR / "static" / "icons.svg").read_text()
    assert words.STATE_WORDS[state].word in text(drawn)


def test_no_template_asks_for_an_icon_that_is_not_drawn() -> None:
    drawn = set(re.findall(r'id="([\w-]+)"', (settings.BASE_DIR / "static" / "icons.svg").read_text()))
    asked = {
        (name, str(path))
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for name in re.findall(r"""\{% icon ["']([\w-]+)["']""", path.read_text())
    }
    assert {pair for pair in asked if pair[0] not in drawn} == set()
    assert {place.icon for place in context.PLACES} <= drawn


def test_no_template_holds_what_the_policy_would_refuse() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*json)|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
    pages = [path for path in Path(settings.BASE_DIR, "templates").rglob("*.html") if "emails" not in path.parts]
    assert [str(path) for path in pages if inline.search(path.read_text())] == []


def test_no_page_takes_anything_from_another_host() -> None:
    foreign = re.compile(r"""(?:src|href|url\()=?\s*["']?(?:https?:)?//(?!www\.w3\.org)""")
    static = Path(settings.BASE_DIR, "static")
    files = [*static.rglob("*.css"), *static.rglob("*.js"), *static.rglob("*.svg")]
    assert files
    assert [str(path) for path in files if foreign.search(path.read_text())] == []


def test_colours_stand_in_the_tokens_and_nowhere_else() -> None:
    colour = re.compile(r"#[0-9a-f]{6}\b")
    sheets = [sheet for sheet in Path(settings.BASE_DIR, "static", "css").glob("*.css") if sheet.name != "tokens.css"]
    stray = {sheet.name: colour.findall(sheet.read_text()) for sheet in sheets}
    assert stray.pop("print.css") == ["#ffffff"]  # paper
    assert {name: found for name, found in stray.items() if found} == {}


def test_the_navigation_leaves_out_what_is_not_mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    there = context.Place("Style", "style", "eye", context.STAFF)
    missing = context.Place("Elsewhere", "no-such-page", "eye", context.STAFF)
    monkeypatch.setattr(context, "PLACES", (missing, there))
    assert [place.label for place, _ in context.places_for("billing")] == ["Style"]
    assert context.places_for("provider") == []


def test_the_place_one_is_in_is_marked_also_on_the_pages_beneath(monkeypatch: pytest.MonkeyPatch, rui: User) -> None:
    monkeypatch.setattr(context, "PLACES", (context.Place("Style", "style", "eye", context.STAFF),))
    marks = {}
    for path in ("/style", "/style/deeper", "/styles"):
        request = RequestFactory().get(path)
        request.user = rui
        marks[path] = context.ui(request)["nav"]()[0]["current"]
    assert marks == {"/style": "page", "/style/deeper": "true", "/styles": ""}


def test_places_of_seldom_use_fold_away_only_where_there_are_too_many(rui: User, priya: User) -> None:
    shown = {}
    for user in (rui, priya):
        request = RequestFactory().get("/checks")
        request.user = user
        row = context.ui(request)["nav_row"]()
        shown[user.role] = {name: [place["label"] for place in places] for name, places in row.items()}
    assert "Triage" in shown["billing"]["row"] and "Checks" in shown["billing"]["folded"]
    assert len(shown["billing"]["row"]) <= context.ROW + 1
    assert shown["provider"]["folded"] == [] and "Checks" in shown["provider"]["row"]


def test_an_error_page_is_drawn_without_asking_the_database() -> None:
    """pytest-django refuses every query in a test that does not ask for the database."""
    for name in ("400", "403", "404", "500"):
        request = RequestFactory().get("/x")
        request.user = AnonymousUser()
        assert b"<h1>" in render(request, f"errors/{name}.html").content


def test_the_style_page_exists_only_for_demonstration_and_debugging(client: Client, db: None, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/style").status_code == 404
    settings.DEMO = True
    assert client.get("/style").status_code == 200


def test_a_published_script_imports_its_parts_under_their_published_names(tmp_path: Path, settings: Any) -> None:
    shutil.copytree(settings.BASE_DIR / "static" / "js", tmp_path / "js")
    settings.STATIC_ROOT = tmp_path
    storage = HashedFiles()
    names = [f"js/{path.name}" for path in (tmp_path / "js").iterdir()]
    failed = [
        result
        for *_, result in storage.post_process({name: (storage, name) for name in names})
        if isinstance(result, Exception)
    ]
    assert failed == []
    (main,) = tmp_path.glob("js/main.*.js")
    (keys,) = tmp_path.glob("js/keys.*.js")
    imported = re.findall(r'(?:import|from)\s*"\./([\w.-]+)"', main.read_text() + keys.read_text())
    assert len(imported) > 12
    assert all(re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name) for name in imported)
    assert all((tmp_path / "js" / name).exists() for name in imported)


@pytest.mark.parametrize("role", sorted(context.EVERYBODY | context.ANSWERING))
def test_no_shortcut_opens_two_places(role: str) -> None:
    keys = [place.keys for place, _url in context.places_for(role) if place.keys]
    assert len(keys) == len(set(keys))
