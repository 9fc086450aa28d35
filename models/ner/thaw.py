"""Puts the shipped int8 weights back into 32 bits, to go on training from (`train.py --start`)."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import WIDTH

HEAD = re.compile(r"/net/(layers\.\d/(?:out|up|down)|tags|roles|tells|report)/MatMul")
ATTENTION = re.compile(r"Attention_(\d)_qkv_weight")


def thaw(path: Path, temperature: float) -> dict[str, torch.Tensor]:
    """Every weight but the word vectors, which training leaves as the base has them; ``temperature`` as export.py was given."""
    graph = onnx.load(path).graph
    given = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def whole(name: str) -> np.ndarray:
        zero = given[name + "_zero_point"].astype(np.float32)
        return (given[name + "_quantized"].astype(np.float32) - zero) * given[name + "_scale"]

    state = {k.removeprefix("net."): v for k, v in given.items() if k.startswith("net.") and "_" not in k.rpartition(".")[2]}
    state["places.weight"] = whole("net.places.weight")
    for node in graph.node:
        if node.op_type == "MatMulInteger" and (match := HEAD.match(node.name)):
            state[match[1].replace("/", ".") + ".weight"] = whole(node.input[1].removesuffix("_quantized")).T
        if node.op_type == "QAttention" and (match := ATTENTION.match(node.input[1])):
            weight, bias = whole(match[0]), given[f"Attention_{match[1]}_qkv_bias"]
            for n, part in enumerate(("query", "key", "value")):
                cut = slice(n * WIDTH, (n + 1) * WIDTH)
                state[f"layers.{match[1]}.{part}.weight"] = weight[:, cut].T
                state[f"layers.{match[1]}.{part}.bias"] = bias[cut]
    for leaf in ("weight", "bias"):
        state[f"roles.{leaf}"] = state[f"roles.{leaf}"] * temperature
    return {k: torch.from_numpy(np.array(v, np.float32)) for k, v in state.items()}


def main() -> None:
    """Write the weights for `train.py --start`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pipeline", type=Path, default=Path("en_case_names"))
    parser.add_argument("--role-temperature", type=float, default=1.3)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.save(thaw(args.pipeline / "onnx_token_classifier" / "model.onnx", args.role_temperature), args.out)


if __name__ == "__main__":
    main()
