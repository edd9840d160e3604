"""What people write into a box is kept as they wrote it, or refused with what to do: nothing is cut off silently."""

from __future__ import annotations

import pytest

from clawguard.events.errors import Refused
from clawguard.events.words import optional, stated

KEPT = {
    "as written": ("The payer asked.", "The payer asked."),
    "white space around and between": ("  The \t payer  asked. \n", "The payer asked."),
    "lines stay lines": ("One.\r\n\r\nTwo.", "One.\n\nTwo."),
    "a mark that no column holds": ("The\0 payer", "The payer"),
    "as long as it may be": ("x" * 10, "x" * 10),
    "as long as it may be, once trimmed": (" " + "x" * 10 + "\n", "x" * 10),
}


@pytest.mark.parametrize(("written", "kept"), KEPT.values(), ids=KEPT)
def test_words_are_kept(written: str, kept: str) -> None:
    assert stated(written, "/reason", 20) == kept
    assert optional(written, "/reason", 20) == kept


@pytest.mark.parametrize("written", ["", " \r\n", "\0"])
def test_nothing_is_refused_only_where_words_are_needed(written: str) -> None:
    assert optional(written, "/reason") == ""
    with pytest.raises(Refused) as refused:
        stated(written, "/reason", missing="Say what should be changed.")
    assert (refused.value.code, refused.value.pointer) == ("required", "/reason")
    assert refused.value.message == "Say what should be changed."


@pytest.mark.parametrize("read", [optional, stated])
def test_one_character_too_many_is_told_with_both_figures(read: object) -> None:
    with pytest.raises(Refused) as refused:
        read("x" * 11, "/detail", 10)  # type: ignore[operator]
    assert (refused.value.code, refused.value.pointer) == ("too_long", "/detail")
    assert refused.value.message == "Use at most 10 characters; these are 11."
