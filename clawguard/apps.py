"""The project package as a Django app: the Celery app, the start-up checks and the commands of the platform."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "clawguard"
    label = "clawguard"

    def ready(self) -> None:
        for module in ("clawguard.celery", "clawguard.checks"):
            import_module(module)
