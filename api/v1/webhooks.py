"""/v1/webhooks: where a portal wants to be told what became of its jobs."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from api.door import actor, needs
from api.house import house
from api.v1.webhook_schemas import DeliveryList, WebhookIn, WebhookList, WebhookMade
from redactor.jobs.webhooks import check_url

webhooks = APIBlueprint("webhooks", __name__, url_prefix="/v1", tag="Webhooks")


@webhooks.get("/webhooks")
@needs("webhook.manage")
@webhooks.output(WebhookList)
@webhooks.doc(summary="Webhooks of one's unit")
def list_webhooks() -> Any:
    """Without their secrets."""
    names = ("id", "unit", "url", "maker", "made", "gone")
    return {
        "webhooks": [
            {**{n: getattr(w, n) for n in names}, "events": w.events.split(",")}
            for w in house().webhooks.all(actor())
        ]
    }


@webhooks.post("/webhooks")
@needs("webhook.manage")
@webhooks.input(WebhookIn, arg_name="given")
@webhooks.output(WebhookMade, status_code=201)
@webhooks.doc(summary="Make a webhook; its secret is shown this once", responses=[422])
def post_webhook(given: WebhookIn) -> Any:
    """Every event of a job's end is told there, signed by the Standard Webhooks."""
    check_url(given.url, house().settings)
    identifier, secret = house().webhooks.add(actor(), given.url, given.events, given.unit)
    return {"id": identifier, "secret": secret}


@webhooks.delete("/webhooks/<identifier>")
@needs("webhook.manage")
@webhooks.output({}, status_code=204)
@webhooks.doc(summary="Remove a webhook", responses=[404])
def delete_webhook(identifier: str) -> Any:
    """What was still to be told there is told to nobody."""
    house().webhooks.delete(actor(), identifier)
    return ""


@webhooks.get("/webhooks/<identifier>/deliveries")
@needs("webhook.manage")
@webhooks.output(DeliveryList)
@webhooks.doc(summary="The last deliveries of a webhook, the newest first", responses=[404])
def list_deliveries(identifier: str) -> Any:
    """Each with its tries and the last status."""
    names = ("id", "job", "event", "made", "due", "tries", "status", "over")
    rows = house().webhooks.deliveries(actor(), identifier)
    return {"deliveries": [{n: getattr(d, n) for n in names} for d in rows]}
