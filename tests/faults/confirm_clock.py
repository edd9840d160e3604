"""``python -m tests.faults.confirm_clock``: a lead vouches for the clock as it stands. Prints how many pauses ended."""

from __future__ import annotations

import sys

import django

django.setup()

from clawguard.accounts.actors import of_user  # noqa: E402
from clawguard.accounts.models import User  # noqa: E402
from clawguard.clock import now  # noqa: E402
from notes import clock_guard  # noqa: E402


def main() -> None:
    lead = User.objects.create(email="lead@example.com", name="Lead Leadersson", role="lead", created_at=now())
    sys.stdout.write(f"{clock_guard.confirm(of_user(lead), now())}\n")


if __name__ == "__main__":
    main()
