"""The stories' way of telling serves the promises too."""

from tests.story.conftest import told

__all__ = ["told"]
