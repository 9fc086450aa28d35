"""Writes the pipeline folder: ONNX network in int8, tokenizer, labels, spaCy configuration."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import spacy
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import redactor.detect.nlp  # noqa: F401  (registers the components)

from labels import KINDS, ROLES, TAGS
from model import HEADS, WIDTH, Network


class Unpadded(nn.Module):
    """The network for one window without padding: ids in, its four outputs out."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        return self.net(ids, None)


def write_onnx(net: Network, target: Path, *, quantise: bool = True) -> None:
    """Export, fuse and quantise the weights to int8."""
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        ids = torch.randint(1000, 2000, (1, 64))
        torch.onnx.export(
            Unpadded(net.eval()), (ids,), str(plain), input_names=["ids"], output_names=["tags", "roles", "report", "tells"],
            dynamic_axes={k: {1: "pieces"} for k in ("ids", "tags", "roles", "report", "tells")}, opset_version=17, dynamo=False,
        )  # fmt: skip
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        options.enable_skip_layer_norm = False  # the plain one is eight times as fast; network.py keeps it plain
        model = optimizer.optimize_model(str(plain), "bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=options, opt_level=0)
        print(model.get_fused_operator_statistics())
        model.save_model_to_file(str(fused))
        if quantise:
            # by channel: one scale a matrix costs three points of recall; 7 bits: no overflow on processors without VNNI
            quantize_dynamic(
                fused,
                target,
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                op_types_to_quantize=["MatMul", "Attention", "Gather"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
        else:
            target.write_bytes(fused.read_bytes())


def write_pipeline(network: Path, tokenizer: Path, target: Path, facts: dict[str, str]) -> None:
    """Assemble the spaCy pipeline and save it, with digests of every file."""
    nlp = spacy.blank("en")
    nlp.tokenizer.infix_finditer = spacy.util.compile_infix_regex([r"[^\w\s'’]"]).finditer
    nlp.add_pipe("lower_lemma")
    component = nlp.add_pipe("onnx_token_classifier")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        (source / "model.onnx").write_bytes(network.read_bytes())
        (source / "tokenizer.json").write_bytes(tokenizer.read_bytes())
        labels = {"kinds": KINDS, "roles": ROLES, "tags": TAGS}
        (source / "labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
        component.from_disk(source)
        nlp.meta.update({
            "name": "case_names", "version": facts["version"], "description": "Mentions of people in child-protection case text, with roles.",
            "license": "AGPL-3.0-or-later; base weights Apache-2.0", "author": "redactor", "notes": json.dumps(facts),
        })  # fmt: skip
        nlp.to_disk(target)
    write_digests(target)


def write_digests(folder: Path) -> None:
    """A SHA256SUMS file beside the files it lists."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}" for p in files]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Export weights into the pipeline folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--role-temperature", type=float, default=1.3)
    parser.add_argument("--float", action="store_true", help="leave the weights in 32 bits")
    args = parser.parse_args()
    net = Network(len(TAGS), len(ROLES))
    net.load_state_dict(torch.load(args.weights))
    with torch.no_grad():  # so that 0.7 means seven in ten, on the held-out documents
        net.roles.weight /= args.role_temperature
        net.roles.bias /= args.role_temperature
    facts = {"version": args.version, "built": datetime.now(UTC).date().isoformat(), "torch": torch.__version__, "spacy": spacy.__version__}
    with tempfile.TemporaryDirectory() as folder:
        network = Path(folder) / "model.onnx"
        write_onnx(net, network, quantise=not args.float)
        write_pipeline(network, args.base / "tokenizer.json", args.out, facts)


if __name__ == "__main__":
    main()
