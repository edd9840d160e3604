"""Invented samples for the style page: every part in every state, dated around the moment given."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

TOKENS = "canvas surface sunken line control ink ink-2 ink-3 accent you us late settled appeal"
STATES = ("waiting_on_you", "waiting_on_us", "waiting_on_provider", "late", "decided", "appeal_open")


def _icons() -> list[str]:
    drawn = (settings.BASE_DIR / "static" / "icons.svg").read_text()
    return re.findall(r'<symbol id="([^"]+)"', drawn)


def _strip() -> list[dict[str, Any]]:
    """The week of Thanksgiving: a request delivered on Monday, one skipped day, one weekend beyond."""
    rows = [
        (27, False, None, "delivered", "Delivered; counting starts the next business day"),
        (28, False, None, "weekend", "Saturday"),
        (29, False, None, "weekend", "Sunday"),
        (30, True, 1, "counted", "Business day 1 of 3"),
    ]
    days = [
        {"date": dt.date(2026, 11, day), "counted": counted, "number": number, "kind": kind, "reason": reason}
        for day, counted, number, kind, reason in rows
    ]
    later = [(1, 2, "counted", "Business day 2 of 3"), (2, 3, "due", "Business day 3 of 3: due by the end of this day")]
    return days + [
        {"date": dt.date(2026, 12, day), "counted": True, "number": number, "kind": kind, "reason": reason}
        for day, number, kind, reason in later
    ]


def _findings() -> list[dict[str, Any]]:
    short = {
        "check": "CG101",
        "version": 3,
        "title": "Session too short for the billed code",
        "severity": "error",
        "message": "47 min documented · 53 needed for 90837",
        "amount_at_risk": Decimal("142.50"),
        "suggested_step": "Ask for start and stop times, or correct the code to 90834.",
        "source_name": "Payer billing guide",
        "source_url": "https://example.com/guide",
        "doc_url": "/style",
        "status": "new",
    }
    late = short | {
        "check": "CG510",
        "version": 1,
        "title": "Confirmed more than 30 days after the session",
        "severity": "warning",
        "message": "Confirmed 34 days after 18 Mar 2026.",
        "suggested_step": "Check whether the payer's filing limit still holds.",
    }
    known = short | {
        "check": "CG402",
        "severity": "info",
        "title": "Video session with the client at home",
        "message": "Place of service 10 with modifier 95.",
        "suggested_step": "",
        "status": "dismissed",
    }
    return [short, late, known]


def _timeline(now: dt.datetime) -> list[dict[str, Any]]:
    def ago(hours: int) -> dt.datetime:
        return now - dt.timedelta(hours=hours)

    return [
        {"actor": "A. Lindgren", "verb": "wrote a message", "at": ago(2), "tone": "us", "url": "/style"},
        {"actor": "", "verb": "Attribution proposed: provider", "at": ago(25), "system": True},
        {"actor": "", "verb": "Case opened", "at": ago(26), "system": True},
        {
            "actor": "Clawguard",
            "verb": "sent the notes request",
            "at": ago(50),
            "tone": "you",
            "delivered_at": ago(50),
            "opened_at": ago(49),
        },
        {"actor": "R. Kato", "verb": "asked for start and stop times", "at": ago(51), "detail": "Because of CG101."},
    ]


def _thread(now: dt.datetime) -> list[dict[str, Any]]:
    asked, answered = now - dt.timedelta(hours=5), now - dt.timedelta(hours=2)
    return [
        {
            "author": "R. Kato",
            "role": "Headway",
            "at": asked,
            "text": "The session of 18 Mar shows 47 minutes.\nCan you send its start and stop times?",
            "seen_at": answered,
        },
        {
            "author": "A. Lindgren",
            "role": "Provider",
            "at": answered,
            "text": "They are in the addendum.",
            "mine": True,
        },
        {"author": "M. Osei", "role": "Lead", "at": now, "text": "The addendum is dated in time.", "internal": True},
    ]


def _rows(now: dt.datetime) -> list[dict[str, Any]]:
    names = ("P. Osei", "A. Lindgren", "T. Marsh", "B. Quill", "N. Ferro", "J. Vance")
    hours = (-2, 3, 20, 30, 55, 80)
    return [
        {
            "id": index,
            "provider": f"{name} LCSW",
            "due_at": now + dt.timedelta(hours=hours[index]),
            "left_days": max(0, hours[index] // 24),
            "code": ("90837", "90834", "90791")[index % 3],
            "what": ("47 min, 53 needed", "fee contested", "no start time")[index % 3],
            "risk": Decimal("142.50") - 12 * index,
            "state": STATES[index % len(STATES)],
        }
        for index, name in enumerate(names)
    ]


def samples(now: dt.datetime) -> dict[str, Any]:
    return {
        "now": now,
        "zone": timezone.get_current_timezone_name(),
        "tokens": TOKENS.split(),
        "icons": _icons(),
        "states": STATES,
        "strip": _strip(),
        "strip_today": dt.date(2026, 12, 1),
        "findings": _findings(),
        "entries": _timeline(now),
        "conversation": _thread(now),
        "rows": _rows(now),
        "soon": now + dt.timedelta(seconds=3),
        "in_hours": now + dt.timedelta(hours=3, minutes=10),
        "in_days": now + dt.timedelta(days=3),
        "before": now - dt.timedelta(hours=5),
        "midnight": dt.datetime(2026, 12, 4, 5, 0, tzinfo=dt.UTC),
        "files": [{"name": "note-18-mar.pdf", "size": 183_000, "status": "Received", "remove_url": "/style"}],
        **_lists(),
        **_evidence(now),
    }


def _evidence(now: dt.datetime) -> dict[str, Any]:
    return {
        "finding_actions": [
            {"label": "Request times", "dialog": "confirm-sample", "primary": True},
            {"label": "Dismiss …", "dialog": "confirm-sample"},
        ],
        "facts": [
            {
                "fact": "minutes",
                "label": "47 minutes from start to end",
                "source": "Session",
                "at": now,
                "ticked": True,
            },
            {"fact": "answer", "label": "Answered within the time", "source": "Portal", "at": now},
        ],
        "missing": [{"question": "Was the client told that they are in network?", "who": "Client support"}],
    }


def _lists() -> dict[str, Any]:
    return {
        "views": [
            {
                "title": "Views",
                "items": [
                    {"label": "Late", "url": "/style", "count": 12, "current": True, "icon": "alarm"},
                    {"label": "Answers in", "url": "/style#answers", "count": 9, "icon": "inbox"},
                    {"label": "Second look", "url": "/style#look", "count": 4, "icon": "eye"},
                    {"label": "Mine", "url": "/style#mine", "count": 31, "icon": "user"},
                ],
            }
        ],
        "filters": [
            {"name": "q", "label": "Find in this list", "search": True},
            {"name": "state", "label": "State", "choices": [("a", "Waiting on us"), ("b", "Late")], "chosen": {"b"}},
            {"name": "check", "label": "Check", "choices": [("CG101", "CG101"), ("CG201", "CG201")], "chosen": set()},
        ],
    }
