"""What changes endpoints and what they are owed."""

from clawguard.webhooks.services.delivering import send_waiting, wake_if_waiting
from clawguard.webhooks.services.endpoints import (
    NewEndpoint,
    change_endpoint,
    create_endpoint,
    pause_endpoint,
    resume_endpoint,
    retire_endpoint,
    roll_secret,
)
from clawguard.webhooks.services.recording import hear, send_test
from clawguard.webhooks.services.replaying import replay_message, replay_period
from clawguard.webhooks.services.tidying import forget_old

__all__ = [
    "NewEndpoint",
    "change_endpoint",
    "create_endpoint",
    "forget_old",
    "hear",
    "pause_endpoint",
    "replay_message",
    "replay_period",
    "resume_endpoint",
    "retire_endpoint",
    "roll_secret",
    "send_test",
    "send_waiting",
    "wake_if_waiting",
]
