"""What people write into a box: taken as they meant it, or refused with what to do. Nothing is cut off silently."""

from __future__ import annotations

from clawguard.events.errors import Refused

SHORT = 300  # characters of a reason, where nothing else is said


def optional(text: str, pointer: str, longest: int = SHORT) -> str:
    """The words, in the lines they were written in; may be empty. Raises Refused ``too_long``, naming the box."""
    lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
    said = "\n".join(lines).strip()
    if len(said) > longest:
        raise Refused("too_long", f"Use at most {longest:,} characters; these are {len(said):,}.", pointer)
    return said


def stated(text: str, pointer: str, longest: int = SHORT, missing: str = "Please say why in a few words.") -> str:
    """Words that somebody has to give. Raises Refused: ``required`` with the words of ``missing``, or ``too_long``."""
    said = optional(text, pointer, longest)
    if not said:
        raise Refused("required", missing, pointer)
    return said
