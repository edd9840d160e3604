"""An endpoint as it stands now, locked for a change."""

from __future__ import annotations

from uuid import UUID

from clawguard.domain.lifecycles import EndpointState
from clawguard.events.errors import NotFound, Refused
from clawguard.webhooks.models import Endpoint


def locked(endpoint_id: UUID) -> Endpoint:
    """Raises NotFound. Deliveries that name the endpoint may be written meanwhile: only its key is shared with them."""
    endpoint = Endpoint.objects.select_for_update(no_key=True).filter(pk=endpoint_id).first()
    if endpoint is None:
        raise NotFound
    return endpoint


def locked_living(endpoint_id: UUID) -> Endpoint:
    """Raises NotFound, and Refused for one that was retired."""
    endpoint = locked(endpoint_id)
    if endpoint.status == EndpointState.RETIRED:
        raise Refused("retired", "This endpoint was retired. Add a new one.")
    return endpoint
