"""``python -m tests.faults.sign_in COUNT``: sign that many providers in and print ``provider id, cookie`` lines."""

from __future__ import annotations

import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from clawguard.accounts.models import User  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"


def main(count: int) -> None:
    for user in User.objects.filter(role="provider").order_by("email")[:count]:
        browser = Client()
        browser.force_login(user, backend=BACKEND)
        sys.stdout.write(f"{user.provider_id} {browser.cookies['sid'].value}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
