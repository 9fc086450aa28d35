"""Writes the weights of a packaged network in 32 bits, to train on from: `python thaw.py ONNX OUT`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from labels import ROLES, TAGS
from model import LAYERS, WIDTH, Network


def thaw(path: Path, temperature: float) -> dict[str, torch.Tensor]:
    """The network's state; ``temperature`` undoes what packaging divided the role logits by."""
    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def whole(name: str) -> np.ndarray:
        scale, zero = held[f"{name}_scale"], held[f"{name}_zero_point"]
        return (held[f"{name}_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale

    state = {n.removeprefix("net."): a for n, a in held.items() if n.startswith("net.") and a.dtype == np.float32 and "_scale" not in n}
    for name in ("words.weight", "places.weight"):
        state[name] = whole(f"net.{name}")
    for node in graph.node:
        layer = re.match(r"/net/(.+)/MatMul_quant$", node.name)
        if layer:
            state[layer.group(1).replace("/", ".") + ".weight"] = whole(node.input[1].removesuffix("_quantized")).T
    for n in range(LAYERS):
        weight, bias = whole(f"Attention_{n}_qkv_weight"), held[f"Attention_{n}_qkv_bias"]
        for i, part in enumerate(("query", "key", "value")):
            at = slice(i * WIDTH, (i + 1) * WIDTH)
            state[f"layers.{n}.{part}.weight"], state[f"layers.{n}.{part}.bias"] = weight[:, at].T, bias[at]
    for leaf in ("weight", "bias"):
        state[f"roles.{leaf}"] = state[f"roles.{leaf}"] * temperature
    return {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in state.items()}


def main() -> None:
    """Thaw, check that every weight was found, save."""
    state = thaw(Path(sys.argv[1]), 1.3)
    net = Network(len(TAGS), len(ROLES))
    missing = net.load_state_dict(state, strict=False).missing_keys
    print("not found:", missing)
    torch.save(state, sys.argv[2])


if __name__ == "__main__":
    main()
