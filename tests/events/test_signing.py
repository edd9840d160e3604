"""Signed messages: the published example, what is refused and why, and secrets that are changed over."""

from __future__ import annotations

import base64
import datetime as dt

import pytest

from clawguard import signing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # of the scheme's own published example
ID, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}'
AT = dt.datetime.fromtimestamp(1_614_265_330, dt.UTC)
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
SECONDS = "1614265330"


def why(now: dt.datetime = AT, **changes: object) -> str:
    given = {"message_id": ID, "timestamp": SECONDS, "signature": SIGNATURE, "body": BODY, "keys": [SECRET], **changes}
    try:
        signing.verify(**given, now=now)  # type: ignore[arg-type]
    except signing.BadSignature as refused:
        return refused.why
    return ""


def test_the_published_example_is_signed_and_verified() -> None:
    assert signing.headers_for(ID, AT, BODY, [SECRET]) == {
        "webhook-id": ID,
        "webhook-timestamp": SECONDS,
        "webhook-signature": SIGNATURE,
    }
    assert why() == ""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"body": BODY + b" "}, "signature"),
        ({"message_id": "msg_other"}, "signature"),
        ({"timestamp": "1614265331"}, "signature"),
        ({"keys": [signing.new_secret()]}, "signature"),
        ({"keys": []}, "signature"),
        ({"signature": "v1,AAAA"}, "signature"),
        ({"signature": "v1a," + SIGNATURE[3:]}, "headers"),
        ({"signature": ""}, "headers"),
        ({"signature": "v1,\u00e9"}, "headers"),
        ({"signature": " ".join([SIGNATURE] * 11)}, "headers"),
        ({"message_id": ""}, "headers"),
        ({"message_id": "a.b"}, "headers"),
        ({"message_id": "a b"}, "headers"),
        ({"message_id": "x" * 256}, "headers"),
        ({"timestamp": ""}, "headers"),
        ({"timestamp": "soon"}, "headers"),
        ({"timestamp": "-1"}, "headers"),
        ({"timestamp": "٣"}, "headers"),
        ({"timestamp": "9" * 12}, "headers"),
    ],
)
def test_what_is_not_taken_says_why(changes: dict[str, object], expected: str) -> None:
    assert why(**changes) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(300, ""), (-300, ""), (301, "time"), (-301, "time")])
def test_five_minutes_either_way_are_let_pass(seconds: int, expected: str) -> None:
    assert why(AT + dt.timedelta(seconds=seconds)) == expected


def test_either_side_may_hold_two_secrets_while_they_are_changed_over() -> None:
    new = signing.new_secret()
    assert why(keys=[new, SECRET]) == ""
    both = signing.headers_for(ID, AT, BODY, [new, SECRET])["webhook-signature"]
    assert (why(signature=both), why(signature=both, keys=[new])) == ("", "")
    assert why(signature=f"v2,unknown {both}") == ""


@pytest.mark.parametrize("size", [23, 65])
def test_a_secret_of_another_size_is_none(size: int) -> None:
    with pytest.raises(ValueError, match="24 to 64 bytes") as refused:
        signing.key_of("whsec_" + base64.b64encode(b"k" * size).decode())
    assert "a2tr" not in str(refused.value)
    with pytest.raises(ValueError, match="whsec_ and base64"):
        signing.key_of("whsec_not base64")
    assert len(signing.key_of(signing.new_secret())) == 32
