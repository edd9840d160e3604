"""Mounts each app's pages and its part of /api/v1/."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from clawguard.access import health

APPS = ("clawguard.access", "clawguard.accounts", "clawguard.ui", "clawguard.webhooks", "sessions", "notes", "disputes")


def _lists(name: str) -> list[URLPattern | URLResolver]:
    modules = [f"{app}.urls" for app in APPS if find_spec(f"{app}.urls")]
    return [pattern for module in modules for pattern in getattr(import_module(module), name, [])]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *_lists("pages"),
    path("api/v1/", include(_lists("api"))),
]

handler400 = "clawguard.access.faults.bad_request"
handler403 = "clawguard.access.faults.forbidden"
handler404 = "clawguard.access.faults.nothing_here"
handler500 = "clawguard.access.faults.fault"
