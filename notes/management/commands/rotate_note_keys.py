"""``manage.py rotate_note_keys``: run after putting a new key first in ``NOTE_KEYS``, before removing the old one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from notes import services


class Command(BaseCommand):
    help = "Wrap the data keys of notes, drafts, messages and files with the newest of NOTE_KEYS"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{services.rotate()} data keys were wrapped anew.")
