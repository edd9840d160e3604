"""Walk the audit chain from its first link to its last."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from clawguard.events import chain


class Command(BaseCommand):
    help = "Verify the audit chain. Exit 0 when every link holds; exit 1 and the first broken link otherwise."

    def handle(self, **_options: Any) -> None:
        chain.seal()
        good, broken = chain.verify()
        if broken is None:
            self.stdout.write(f"{good} links hold.")
            return
        self.stderr.write(f"{good} links hold. Link {broken.position} does not: {broken.why}.")
        sys.exit(1)
