"""Every key that does something, in one table: templates bind by its names, and the sheet (``?``) prints it.

Templates write ``{% key "case.confirm" %}`` into the tag of what the key presses, ``{% keycap "case.confirm" %}`` where
it is shown. Keys that scripts answer by themselves stand here as well; ``tests/house/test_keys.py`` holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """``keys`` are the caps as printed, ``words`` what pressing them does."""

    keys: str
    words: str


GROUPS: dict[str, dict[str, Key]] = {
    "Anywhere": {
        "palette": Key("Ctrl K", "Search or go to"),
        "sheet": Key("?", "This sheet"),
        "search": Key("/", "Search this list"),
    },
    "In a list": {
        "row.step": Key("J K", "Next, previous row"),
        "row.tick": Key("X", "Select the row"),
        "row.open": Key("Enter", "Open the row"),
    },
    "On a case": {
        "case.confirm": Key("1", "Confirm the first finding"),
        "case.ask": Key("2", "Ask for documents"),
        "case.dismiss": Key("3", "Dismiss the first finding"),
        "case.assign": Key("A", "Assign to the person chosen"),
        "case.wording": Key("M", "Begin a message with a wording"),
    },
    "On an answer to a request": {
        "answer.beside": Key("B", "Read it beside the checklist"),
        "answer.accept": Key("A", "Accept the next item"),
        "answer.return": Key("R", "Return the next item"),
        "answer.next": Key("N", "Next answer"),
    },
}
BY_NAME = {name: key for group in GROUPS.values() for name, key in group.items()}
