"""The parts pages are made of. Parameters and markup of each are described in docs/design-system.md.

Wall-clock words use Django's current time zone (a provider's practice zone, activated per request) unless ``tz`` says
otherwise.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from clawguard.ui import toasts, words
from clawguard.ui.context import STYLESHEETS

register = template.Library()
DECORATIVE = mark_safe('aria-hidden="true"')


def _zone(tz: str | dt.tzinfo | None) -> str | dt.tzinfo:
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
    """A machine-readable ``<time>`` reading ``18 Mar 2026, 17:40``."""
    if value is None:
        return "—"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.moment(value, _zone(tz)))


@register.simple_tag
def due(value: dt.datetime, tz: str | dt.tzinfo | None = None, whose: str = "your time") -> SafeString:
    """A machine-readable ``<time>`` reading ``Thu 3 Dec, end of day (your time)``."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.due(value, _zone(tz), whose=whose))


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


@register.inclusion_tag("components/clock_chip.html")
def clock_chip(
    due_at: dt.datetime,
    now: dt.datetime,
    what: str = "",
    whose: str = "",
    business_days: int | None = None,
    tz: str | dt.tzinfo | None = None,
    whose_time: str = "your time",
) -> dict[str, Any]:
    """Whose clock, what falls due when, how long is left. Turns to *late* in the open page by itself."""
    return {
        "due_at": due_at,
        "now": now,
        "what": what,
        "whose": whose,
        "late": now >= due_at,
        "left": words.time_left(due_at, now, business_days),
        "due_words": words.due(due_at, _zone(tz), whose=whose_time),
    }


def _read(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)


@register.inclusion_tag("components/day_strip.html")
def day_strip(
    days: Iterable[Any], today: dt.date | None = None, caption: str = "How the answer time is counted"
) -> dict[str, Any]:
    """``days``: mappings or objects with date, counted, reason, number, kind (see docs/design-system.md)."""
    cells = [
        {name: _read(row, name) for name in ("date", "counted", "reason", "number", "kind")}
        | {"today": today == _read(row, "date")}
        for row in days
    ]
    return {"cells": cells, "caption": caption}


@register.inclusion_tag("components/finding_card.html")
def finding_card(
    finding: Any, variant: str = "staff", actions: Iterable[Mapping[str, str]] = (), heading: int = 3
) -> dict[str, Any]:
    """``variant`` is ``staff`` (money, check id) or ``provider`` (the fix first, no money)."""
    return {"finding": finding, "staff": variant == "staff", "actions": actions, "heading": f"h{heading}"}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any], tz: str | dt.tzinfo | None = None) -> dict[str, Any]:
    """``entries``: actor, verb, at; optional detail, url, system, tone, delivered_at, opened_at.

    Runs of system steps fold into one line.
    """
    runs: list[dict[str, Any]] = []
    for entry in entries:
        folded = bool(_read(entry, "system"))
        if not runs or not (folded and runs[-1]["folded"]):
            runs.append({"folded": folded, "entries": []})
        runs[-1]["entries"].append(entry)
    return {"runs": runs, "tz": _zone(tz)}


@register.inclusion_tag("components/evidence_list.html")
def evidence_list(
    facts: Iterable[Any], missing: Iterable[Any] = (), name: str = "evidence", readonly: bool = False
) -> dict[str, Any]:
    return {"facts": facts, "missing": missing, "name": name, "readonly": readonly}


@register.inclusion_tag("components/thread.html")
def thread(
    messages: Iterable[Any], tz: str | dt.tzinfo | None = None, empty: str = "Nothing has been written yet."
) -> dict[str, Any]:
    return {"thread_messages": list(messages), "tz": _zone(tz), "empty": empty}


@register.inclusion_tag("components/upload_well.html", takes_context=True)
def upload_well(
    context: template.Context,
    url: str,
    files: Iterable[Any] = (),
    name: str = "file",
    accept: str = "application/pdf,image/png,image/jpeg,text/plain",
    hint: str = "PDF, photo (PNG or JPEG) or plain text, up to 20 MB each",
    label: str = "Choose files",
    multiple: bool = True,
    dom_id: str = "upload",
) -> dict[str, Any]:
    """Sends each file as soon as it is chosen, dropped or photographed; contract in docs/design-system.md."""
    given = {"url": url, "files": files, "name": name, "accept": accept, "hint": hint, "label": label}
    return given | {"multiple": multiple, "id": dom_id, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("components/pager.html")
def pager(next_url: str = "", previous_url: str = "", shown: int | None = None, noun: str = "row") -> dict[str, Any]:
    """Keyset pages: there is a next one or there is not; nobody counts all rows."""
    shown_words = "" if shown is None else words.plural(shown, noun) + " on this page"
    return {"next_url": next_url, "previous_url": previous_url, "shown": shown_words}


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(
    filters: Iterable[Any], action: str = "", clear_url: str = "", hidden: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """A GET form that needs no scripts. ``filters``: name, label, choices of (value, label), chosen values."""
    rows = list(filters)
    return {"filters": rows, "action": action, "clear_url": clear_url, "hidden": hidden}


@register.inclusion_tag("components/confirm_dialog.html", takes_context=True)
def confirm_dialog(
    context: template.Context,
    dom_id: str,
    title: str,
    consequence: str,
    url: str,
    button: str,
    reason: str = "",
    undo: str = "",
    fields: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A POST behind a dialog that says what will happen. Open it with ``<button data-dialog="id">``."""
    given = {"id": dom_id, "title": title, "consequence": consequence, "url": url, "button": button, "reason": reason}
    return given | {"undo": undo, "fields": (fields or {}).items(), "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("components/progress.html")
def progress(
    done: int, total: int | None, label: str, url: str = "", finished: bool = False, dom_id: str = "progress"
) -> dict[str, Any]:
    """A bar that asks ``url`` for its successor every second until ``finished``."""
    share = None if not total else min(100, done * 100 // total)
    return {
        "done": done,
        "total": total,
        "share": share,
        "label": label,
        "url": url,
        "finished": finished,
        "id": dom_id,
    }


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
def stylesheets() -> tuple[str, ...]:
    """For pages drawn without context processors' help."""
    return STYLESHEETS


@register.filter
def initials(name: str) -> str:
    """``Rui Kato`` → ``RK``."""
    return "".join(part[0] for part in name.split()[:2]).upper()


@register.filter
def styled(field: BoundField) -> SafeString:
    """A form field's widget with our class, and its hint and error tied to it for screen readers."""
    widget = field.field.widget
    kind = (
        "textarea" if isinstance(widget, forms.Textarea) else "select" if isinstance(widget, forms.Select) else "input"
    )
    attrs = {} if isinstance(widget, forms.CheckboxInput | forms.RadioSelect) else {"class": kind}
    described = [
        f"{field.id_for_label}_{part}"
        for part, there in (("helptext", field.help_text), ("error", field.errors))
        if there
    ]
    return field.as_widget(attrs=attrs | ({"aria-describedby": " ".join(described)} if described else {}))


@register.filter
def standing(messages: Iterable[Message] | None) -> list[toasts.Told]:
    """Messages that stay on the page until the next one."""
    return [told for told in toasts.read(messages or ()) if not told.passing]


@register.filter
def passing(messages: Iterable[Message] | None) -> list[toasts.Told]:
    """Messages that carry an undo and leave by themselves."""
    return [told for told in toasts.read(messages or ()) if told.passing]
