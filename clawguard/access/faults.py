"""Answers where no view was reached: in JSON under /api/ and for scripts, as a page elsewhere."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from clawguard.access.back import came_from
from clawguard.access.problems import Problem, not_allowed, not_found, of_exception


def answer(request: HttpRequest, problem: Problem, template: str = "errors/problem.html") -> HttpResponse:
    """The problem in the shape that this address speaks."""
    if request.path.startswith("/api/") or request.headers.get("Accept") == "application/json":
        kind = "application/problem+json"
        return JsonResponse(problem.as_dict(), status=problem.status, content_type=kind, headers=problem.headers)
    return page_of(request, problem, template)


def page_of(request: HttpRequest, problem: Problem, template: str) -> HttpResponse:
    """The problem as a page, with its headers: what watches us reads ``Retry-After`` there, too."""
    page = render(request, template, {"problem": problem, "back": came_from(request)}, status=problem.status)
    for name, value in problem.headers.items():
        page[name] = value
    return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    problem = of_exception(exception) or Problem(400, "malformed", "The request cannot be read")
    return answer(request, problem, "errors/400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, not_allowed(), "errors/403.html")


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, not_found(), "errors/404.html")


def fault(request: HttpRequest) -> HttpResponse:
    """Also where a door was not even reached: the session of the caller cannot be read from a database that is away."""
    error = sys.exception()
    problem = of_exception(error) if isinstance(error, Exception) else None
    if problem is not None:
        return answer(request, problem, "errors/problem.html")
    problem = Problem(500, "fault", "Something went wrong on our side", "Nothing was changed. Try again.")
    return answer(request, problem, "errors/500.html")
