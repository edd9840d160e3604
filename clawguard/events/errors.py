"""What services raise when the answer is no. The doors turn each into its page or problem document."""

from __future__ import annotations


class NotFound(Exception):
    """There is no such row, or none that this actor may know of: the two are never told apart."""


class Refused(Exception):
    """A business refusal in words for the person asking: what is in the way and what to do.

    ``code`` is stable for programs; ``pointer`` (RFC 6901) names the field where one is to blame.
    """

    def __init__(self, code: str, message: str, pointer: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.pointer = code, message, pointer


class TryLater(Refused):
    """Nothing is wrong with what was asked: our side cannot do it just now, and the same again will do later."""
