"""The project package as a Django app: the Celery app, the start-up checks and the commands of the platform."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig

# Objects made before the collector looks for circles among them, 700 by default. Sessions and findings come by the
# thousand and hold no circles; a seventh of the time of the checks went into looking.
YOUNG = 20_000


class CoreConfig(AppConfig):
    name = "clawguard"
    label = "clawguard"

    def ready(self) -> None:
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
        import_module("clawguard.celery")
        checks = import_module("clawguard.checks")
        if Path(sys.argv[0]).name != "manage.py":  # which runs the checks itself, and shows them all
            checks.refuse_unsafe()
