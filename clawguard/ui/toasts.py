"""What the last action did, told on the next page: a standing notice, or a toast that offers to take it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo="
TOAST = "toast"
TONES = {messages.SUCCESS: "settled", messages.WARNING: "you", messages.ERROR: "you"}


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    tone: str
    passing: bool
    undo_url: str = ""


def toast(request: HttpRequest, text: str, undo_url: str = "") -> None:
    """Show ``text`` for some seconds on the next page; ``undo_url`` is posted to when the reader presses Undo."""
    messages.info(request, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else TOAST)


def read(given: Iterable[Message]) -> list[Told]:
    told = []
    for message in given:
        tags = message.extra_tags or ""
        undo = tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
        told.append(Told(str(message), TONES.get(message.level, "us"), bool(undo) or tags == TOAST, undo))
    return told
