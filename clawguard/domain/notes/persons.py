"""What the one client is called in a note, and who else may be in the room."""

from __future__ import annotations

CLIENT = (
    r"(?:client|clt|cl|ct|pt|patient|consumer|ic|identified (?:client|patient)|student|child|teen|youth|she|he|they|"
    r"m(?:r|s|rs|x)\.? [a-z]\w*\.?)"
)
OTHERS = (
    r"(?:clients|both|parents?|mother|mom|father|dad|stepfather|stepmother|husband|wife|partners?|spouse|couple|member|"
    r"members|person|veteran|family)"
)
