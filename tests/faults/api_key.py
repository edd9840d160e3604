"""``python -m tests.faults.api_key SCOPE``: make a program's key and print its secret."""

from __future__ import annotations

import sys

import django

django.setup()

from clawguard.accounts import api_keys  # noqa: E402
from clawguard.clock import now  # noqa: E402


def main(scope: str) -> None:
    sys.stdout.write(api_keys.create("fault run", {scope}, now())[1] + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
