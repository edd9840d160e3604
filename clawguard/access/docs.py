"""The served OpenAPI document and the page that reads it to people."""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "patch", "delete")


@functools.cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1, made once per process from the views themselves."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(document())


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every address of the API, grouped by resource. Public: it describes doors, it opens none."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, methods in sorted(document()["paths"].items()):
        resource = address.removeprefix("/api/v1/").split("/")[0]
        for method in METHODS:
            if method in methods:
                groups.setdefault(resource, []).append({"address": address, "method": method, **methods[method]})
    return render(request, "access/reference.html", {"groups": groups, "info": document()["info"]})
