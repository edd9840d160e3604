"""The project package as a Django app: the Celery app, the start-up checks and the commands of the platform."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "clawguard"
    label = "clawguard"

    def ready(self) -> None:
        import_module("clawguard.celery")
        checks = import_module("clawguard.checks")
        if Path(sys.argv[0]).name != "manage.py":  # which runs the checks itself, and shows them all
            checks.refuse_unsafe()
