"""What goes over the wire about webhooks."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class WebhookIn(BaseModel):
    """A webhook to be made; without events it is told of all."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=9, max_length=500)
    events: list[str] = Field(default=[], max_length=10)
    unit: str = Field(default="main", max_length=40)


class WebhookMade(BaseModel):
    """A new webhook; ``secret`` is shown this once."""

    id: str
    secret: str


class WebhookOut(BaseModel):
    """A webhook. ``gone`` is when the place answered 410, 0 for never."""

    id: str
    unit: str
    url: str
    events: list[str]
    maker: str
    made: float
    gone: float


class WebhookList(BaseModel):
    """Webhooks, the oldest first."""

    webhooks: list[WebhookOut]


class DeliveryOut(BaseModel):
    """A delivery. ``over`` is delivered, given_up or empty; ``status`` the last HTTP status."""

    id: str
    job: str
    event: str
    made: float
    due: float
    tries: int
    status: int
    over: str


class DeliveryList(BaseModel):
    """Deliveries, the newest first."""

    deliveries: list[DeliveryOut]
