"""Write the pages of docs/ that are printed from the code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from disputes.printed_docs import PAGES


class Command(BaseCommand):
    help = "Write docs/flow.md and docs/lifecycles.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        for path, printed in PAGES.items():
            (settings.BASE_DIR / path).write_text(printed(), encoding="utf-8")
            self.stdout.write(path)
