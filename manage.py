#!/usr/bin/env python
"""Django's command line, with set-up mistakes told in one line instead of a stack."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

CONFIGURATION = 2  # exit code of a mistake in the set-up, apart from 1 ("the command found something")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clawguard.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as mistake:
        print(f"clawguard: {mistake}", file=sys.stderr)
        return CONFIGURATION
    except OperationalError as unreachable:
        reason = str(unreachable).strip().splitlines()[0]
        print(f"clawguard: the database does not answer: {reason}", file=sys.stderr)
        return CONFIGURATION
    return 0


if __name__ == "__main__":
    sys.exit(main())
