"""Prints ``docs/authorization.md``: ``python -m tests.doors.printing > docs/authorization.md``."""

from __future__ import annotations

import os
from itertools import groupby

HEAD = """# Who may do what

Printed from the tables in `tests/doors/matrix/` by `python -m tests.doors.printing`; a test keeps this page and the
tables equal, another asks every address as every kind of caller. An address without a row fails the build.

- **Y**: done, or shown. **404**: a row out of reach, answered exactly like one that does not exist. **403**: a function
  that is not theirs. **401**: not signed in (programs, scripts). **in**: not signed in, led to the sign-in page.
  **422**: the address is theirs, and what the request names is out of their reach.
- Every row is asked about one provider's things. *Provider* is that provider, *other provider* a stranger; *delegate*
  is somebody whom that provider lets answer all that waits, *other delegate* one of another provider; *billing*
  looks after that provider's team, *other billing* after another. A lead and an auditor reach every team. An
  administrator runs the system and sees no client data.
- *Key* holds the scope named in the last column and no other; *key −* holds every scope but that one. Where no scope is
  named, people only: a key with every scope is refused. Of several scopes each will do; *key* holds the first.
- Somebody who was deactivated gets what *nobody* gets.
"""
COLUMNS = (
    "provider",
    "other provider",
    "delegate",
    "other delegate",
    "billing",
    "other billing",
    "lead",
    "auditor",
    "admin",
    "key",
    "key −",
    "nobody",
)


def as_markdown() -> str:
    from tests.doors.matrix import PARTS

    return HEAD + "".join(_part(title, rows) for title, rows in PARTS)


def _part(title: str, rows: tuple) -> str:  # type: ignore[type-arg]
    head = ("method", "address", *COLUMNS, "scope")
    lines = [f"\n## {title}\n", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for _name, group in groupby(rows, key=lambda row: row.name):
        for row in group:
            cells = (
                row.method,
                f"`{_address(row.name)}`" + (f" {row.whose}" if row.whose else ""),
                *row.expected.values(),
                f"`{row.scope}`" if row.scope else "",
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _address(name: str) -> str:
    from django.urls import get_resolver

    (path, _names), *_ = get_resolver().reverse_dict.getlist(name)[0][0]
    return "/" + path.replace("%(", "{").replace(")s", "}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clawguard.settings")
    import django

    django.setup()
    print(as_markdown(), end="")  # noqa: T201
