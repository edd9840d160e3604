"""Say what reads note files on this machine: which walls of the sandbox stand, recognition, the virus scanner."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notes import sandbox, scanner

HARMLESS = b"Clawguard asks whether the scanner answers."


class Command(BaseCommand):
    help = "Try the sandbox for note files, text recognition and the virus scanner, and say what is there."

    def handle(self, **_options: Any) -> None:
        try:
            tried = sandbox.probe()
        except sandbox.Stopped as stopped:
            raise CommandError(f"The sandbox does not start ({stopped.reason}): no file can be read.") from None
        walls = tried["walls"]
        self._say("Files out of reach", walls["files"] and not tried["can_read_files"], "the kernel has no Landlock")
        self._say("Network out of reach", not tried["can_make_socket"], "no seccomp filter on this system")
        self._say("No file can be written", not tried["can_write_files"], "")
        self._say("Text recognition", tried["recognises"], "tesseract is not installed: a person reads scans")
        self._say("Virus scanner", *_scanner())

    def _say(self, what: str, stands: bool, otherwise: str) -> None:
        self.stdout.write(f"{what}: {'yes' if stands else f'no ({otherwise})'}")


def _scanner() -> tuple[bool, str]:
    if not scanner.is_configured():
        return False, "CLAMAV_URL is not set: files are not scanned"
    try:
        scanner.scan(HARMLESS)
    except scanner.ScannerDown:
        return False, "it does not answer: files wait for it"
    return True, ""
