"""The doors' kit: who asks, strict reading of what was sent, and one shape for every refusal."""

from clawguard.access.pages import page
from clawguard.access.problems import FieldProblem, Problem
from clawguard.events.errors import NotFound, Refused

__all__ = ["FieldProblem", "NotFound", "Problem", "Refused", "page"]
