"""Small things inside a line: icons, money, moments, chips.

Wall-clock words use Django's current time zone (a provider's practice zone, activated per request) unless ``tz`` says
otherwise.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from clawguard.ui import words
from clawguard.ui.keys import BY_NAME
from clawguard.ui.library import register

DECORATIVE = mark_safe('aria-hidden="true"')


def zone_of(tz: str | dt.tzinfo | None) -> str | dt.tzinfo:
    return tz or timezone.get_current_timezone()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """One drawing from ``static/icons.svg``. Decorative unless ``label`` says what it stands for."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else DECORATIVE
    return format_html(
        '<svg class="icon {}" {} width="16" height="16"><use href="{}#{}"/></svg>',
        css,
        spoken,
        static("icons.svg"),
        name,
    )


@register.filter
def money(amount: Decimal | str | None, currency: str = "USD") -> SafeString:
    return format_html('<span class="money">{}</span>', words.money(amount, currency))


@register.filter
def day(value: dt.date) -> str:
    """``Thu 3 Dec``"""
    return words.day(value)


@register.filter
def day_year(value: dt.date) -> str:
    """``Thu 3 Dec 2026``"""
    return words.day(value, year=True)


@register.simple_tag
def moment(value: dt.datetime | None, tz: str | dt.tzinfo | None = None) -> SafeString | str:
    """A machine-readable ``<time>`` reading ``18 Mar 2026, 17:40``, with the name of ``tz`` where it is another clock
    than the reader's."""
    if value is None:
        return "—"
    said = words.moment_there(value, zone_of(tz), timezone.get_current_timezone())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), said)


@register.simple_tag
def times(start: dt.datetime, end: dt.datetime, tz: str | dt.tzinfo) -> str:
    """``10:02–10:49 EDT``"""
    return words.times(start, end, tz)


@register.simple_tag
def due(value: dt.datetime, tz: str | dt.tzinfo | None = None, whose: str = "your time") -> SafeString:
    """A machine-readable ``<time>`` reading ``Thu 3 Dec, end of day (your time)``."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.due(value, zone_of(tz), whose=whose))


@register.filter
def seconds(length: float) -> str:
    return words.seconds(length)


@register.filter
def file_size(count: int) -> str:
    return words.file_size(count)


@register.simple_tag
def code_chip(code: str, label: str = "") -> SafeString:
    """A billing or diagnosis code in mono type; ``label`` (our own words) on hover and for screen readers."""
    if not label:
        return format_html('<code class="code">{}</code>', code)
    return format_html(
        '<code class="code" title="{}">{}<span class="visually-hidden"> ({})</span></code>', label, code, label
    )


@register.simple_tag
def state_chip(state: str, detail: str = "") -> SafeString:
    """Icon, word and colour of one of the states in ``words.STATE_WORDS``; ``detail`` follows the word."""
    known = words.STATE_WORDS[state]
    after = format_html('<span class="chip__detail">{}</span>', detail) if detail else ""
    return format_html('<span class="chip chip--{}">{}{}{}</span>', known.tone, icon(known.icon), known.word, after)


SEVERITIES = {
    "error": ("alert", "Needs a change"),
    "warning": ("eye", "Please review"),
    "info": ("info", "For information"),
}


@register.simple_tag
def severity(level: str) -> SafeString:
    name, word = SEVERITIES[level]
    return format_html('<span class="severity severity--{}">{}{}</span>', level, icon(name), word)


@register.simple_tag
def breadcrumbs(*parts: str) -> SafeString:
    """``{% breadcrumbs "Cases" "/cases/" "This case" %}``: pairs of words and address, the last one words alone."""
    *pairs, here = parts
    links = format_html_join(
        "", '<li><a href="{}">{}</a></li>', [(pairs[i + 1], pairs[i]) for i in range(0, len(pairs), 2)]
    )
    return format_html(
        '<nav class="breadcrumbs" aria-label="Breadcrumbs"><ol>{}<li aria-current="page">{}</li></ol></nav>',
        links,
        here,
    )


@register.filter
def as_json(value: Any) -> str:
    """For ``data-`` and ``hx-vals`` attributes; escaped by the template like any other text."""
    return json.dumps(value)


@register.simple_tag
def key(name: str) -> SafeString:
    """Inside a tag: the key of ``clawguard.ui.keys`` that presses it, so that the sheet of keys lists it."""
    return format_html('data-key="{}"', BY_NAME[name].keys.lower())


@register.simple_tag
def keycap(name: str) -> SafeString:
    """The caps of one entry of ``clawguard.ui.keys``."""
    return caps(BY_NAME[name].keys)


@register.filter
def caps(keys: str) -> SafeString:
    """``g t`` or ``Ctrl K`` as caps."""
    shown = [(part.upper() if len(part) == 1 else part,) for part in keys.split()]
    return format_html_join(" ", "<kbd>{}</kbd>", shown)


@register.filter
def initials(name: str) -> str:
    """``Rui Kato`` → ``RK``."""
    return "".join(part[0] for part in name.split()[:2]).upper()


@register.filter
def count(value: int | None) -> str:
    """A number of things, its thousands apart: 5,000."""
    return "" if value is None else f"{value:,}"


@register.filter
def diagnosis(code: str) -> str:
    """A diagnosis code as people write it, with its dot: F33.1."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
