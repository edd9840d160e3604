"""Parts of a page with a template of their own in templates/components; parameters are in docs/design-system.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.utils.safestring import SafeString

from clawguard.ui import toasts, words
from clawguard.ui.context import STYLESHEETS
from clawguard.ui.inline import zone_of
from clawguard.ui.library import register


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
    """Whose clock, what falls due when, how long is left. Turns to *late* in the open page by itself.

    Without ``whose_time`` (in tables) the due moment is short and its full words are on hover.
    """
    zone = zone_of(tz)
    return {
        "due_at": due_at,
        "now": now,
        "what": what,
        "whose": whose,
        "late": now >= due_at,
        "left": words.time_left(due_at, now, business_days),
        "due_words": words.due(due_at, zone, whose=whose_time) if whose_time else words.due_short(due_at, zone),
        "due_full": words.due(due_at, zone, whose=whose_time),
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
    """``entries``: actor, verb, at; optional detail, url, system, tone, delivered_at, opened_at; day, where that is all
    that is known of at.

    Runs of system steps fold into one line.
    """
    runs: list[dict[str, Any]] = []
    for entry in entries:
        folded = bool(_read(entry, "system"))
        if not runs or not (folded and runs[-1]["folded"]):
            runs.append({"folded": folded, "entries": []})
        runs[-1]["entries"].append(entry)
    return {"runs": runs, "tz": zone_of(tz)}


@register.inclusion_tag("components/evidence_list.html")
def evidence_list(
    facts: Iterable[Any], missing: Iterable[Any] = (), name: str = "evidence", readonly: bool = False
) -> dict[str, Any]:
    return {"facts": facts, "missing": missing, "name": name, "readonly": readonly}


@register.inclusion_tag("components/thread.html", takes_context=True)
def thread(
    context: template.Context,
    messages: Iterable[Any],
    tz: str | dt.tzinfo | None = None,
    empty: str = "Nothing has been written yet.",
) -> dict[str, Any]:
    shown = {"thread_messages": list(messages), "tz": zone_of(tz), "empty": empty}
    return shown | {"csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("components/upload_well.html", takes_context=True)
def upload_well(
    context: template.Context,
    url: str,
    pieces: str = "",
    files: Iterable[Any] = (),
    name: str = "file",
    accept: str = "application/pdf,image/png,image/jpeg,text/plain",
    hint: str = "PDF, photo (PNG or JPEG) or plain text, up to 20 MB each",
    label: str = "Choose files",
    multiple: bool = True,
    dom_id: str = "upload",
    inside: bool = False,
    names: str = "",
) -> dict[str, Any]:
    """Sends each file as soon as it is chosen, dropped or photographed; contract in docs/design-system.md. ``inside``:
    it stands in the form of a message or an answer that its files go with, and with ``names`` that form tells in a
    field of this name which files it lists."""
    given = {"url": url, "pieces": pieces, "files": files, "name": name, "accept": accept, "hint": hint, "label": label}
    return given | {
        "multiple": multiple,
        "id": dom_id,
        "inside": inside,
        "names": names,
        "csrf_token": context.get("csrf_token", ""),
    }


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
def stylesheets() -> tuple[str, ...]:
    """For pages drawn without context processors' help."""
    return STYLESHEETS


@register.filter
def styled(field: BoundField) -> SafeString:
    """A form field's widget with our class, and its hint and error tied to it for screen readers."""
    widget = field.field.widget
    kind = (
        "textarea" if isinstance(widget, forms.Textarea) else "select" if isinstance(widget, forms.Select) else "input"
    )
    attrs: dict[str, str | bool] = (
        {} if isinstance(widget, forms.CheckboxInput | forms.RadioSelect) else {"class": kind}
    )
    described = [
        f"{field.id_for_label}_{part}"
        for part, there in (("helptext", field.help_text), ("error", field.errors))
        if there
    ]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


@register.filter
def standing(messages: Iterable[Message] | None) -> list[toasts.Told]:
    """Messages that stay on the page until the next one."""
    return [told for told in toasts.read(messages or ()) if not told.passing]


@register.filter
def passing(messages: Iterable[Message] | None) -> list[toasts.Told]:
    """Messages that carry an undo and leave by themselves."""
    return [told for told in toasts.read(messages or ()) if told.passing]
