"""The network: a small BERT encoder with heads for kinds, roles and talk about the report."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512
MOST = 4.0  # a piece tells at most exp(8) times as much as another


class Layer(nn.Module):
    """One encoder layer, weights named so that a BERT checkpoint maps onto them in order."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def _heads(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        q, k, v = self._heads(self.query(x)), self._heads(self.key(x)), self._heads(self.value(x))
        if torch.onnx.is_in_onnx_export():
            scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
            scores = scores if bias is None else scores + bias
            a = torch.softmax(scores, -1) @ v
        else:
            a = functional.scaled_dot_product_attention(q, k, v, attn_mask=None if bias is None else bias.to(q.dtype))
        a = a.transpose(1, 2).reshape(x.shape[0], x.shape[1], WIDTH)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):
    """Ids and attention (batch, pieces) in; logits of tags, roles and report talk out, and how much each piece tells of each role.

    What is told of a person is the mean of the role logits over all pieces of the person's name, weighted by the exponential of
    the last output (``person_logits``).
    """

    def __init__(self, tags: int, roles: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.kinds = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, tags)
        self.roles = nn.Linear(WIDTH, roles)
        self.tells = nn.Linear(WIDTH, roles)
        self.report = nn.Linear(WIDTH, 1)

    def forward(self, ids: Tensor, attention: Tensor | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.words(ids) + self.places(places) + self.kinds))
        bias = None if attention is None else (1.0 - attention[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        x = self.drop(x)
        return self.tags(x), self.roles(x), self.report(x).squeeze(-1), MOST * torch.tanh(self.tells(x) / MOST)

    def load_base(self, path: Path) -> None:
        """Take the weights of a BERT checkpoint of this size; the heads stay new."""
        given = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        own = {
            "words.weight": "embeddings.word_embeddings.weight",
            "places.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        parts = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(LAYERS):
            for ours, theirs in parts.items():
                for leaf in ("weight", "bias"):
                    own[f"layers.{i}.{ours}.{leaf}"] = f"encoder.layer.{i}.{theirs}.{leaf}"
        state = self.state_dict() | {a: given[b].float() for a, b in own.items()}
        state["kinds"] = given["embeddings.token_type_embeddings.weight"][0].float()
        self.load_state_dict(state)


def person_logits(roles: Tensor, tells: Tensor, people: Tensor) -> tuple[Tensor, Tensor]:
    """Role logits of every person of a batch (people, roles), and which of the rows are somebody's.

    ``people`` numbers the person of each piece of a name, -1 elsewhere.
    """
    held = people >= 0
    count = int(people.max()) + 1
    weight = tells[held].exp()
    sums = torch.zeros(count, roles.shape[-1]).index_add_(0, people[held], weight * roles[held])
    total = torch.zeros(count, roles.shape[-1]).index_add_(0, people[held], weight)
    return sums / total.clamp(min=1e-6), total[:, 0] > 0
