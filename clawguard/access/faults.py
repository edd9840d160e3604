"""Answers where no view was reached: in JSON under /api/, as a page elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from clawguard.access.problems import Problem, not_allowed, not_found


def _answer(request: HttpRequest, problem: Problem, template: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(problem.as_dict(), status=problem.status, content_type="application/problem+json")
    return render(request, template, {"problem": problem}, status=problem.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, Problem(400, "malformed", "The request cannot be read"), "errors/400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, not_allowed(), "errors/403.html")


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, not_found(), "errors/404.html")


def fault(request: HttpRequest) -> HttpResponse:
    problem = Problem(500, "fault", "Something went wrong on our side", "Nothing was changed. Try again.")
    return _answer(request, problem, "errors/500.html")
