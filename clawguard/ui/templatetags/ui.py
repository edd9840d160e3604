"""``{% load ui %}``: the parts pages are made of, described in docs/design-system.md."""

from clawguard.ui import inline, parts
from clawguard.ui.library import register

__all__ = ["inline", "parts", "register"]
