"""The shipped network through ONNX Runtime: word by word, what a text holds and whose it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from redactor.detect.encoding import Pieces, Window, block_starts, cut, encode

FILES = ("model.onnx", "tokenizer.json", "labels.json")
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Probabilities:
    """What the network says of a text, one row for each word or layout mark.

    ``starts`` and ``ends`` are offsets (equal for a layout mark). ``kinds`` has column 0 for
    "nothing". ``begins`` tells whether a mention more likely begins at the word than goes on.
    ``roles`` are log odds, each role on its own, and ``tells`` how much the word says of each:
    what several words say is the mean of their log odds so weighted. ``report`` is the
    probability that the word stands in talk about the making of a report.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    kinds: Floats
    begins: NDArray[np.bool_]
    roles: Floats
    tells: Floats
    report: Floats

    def __len__(self) -> int:
        """Number of words and marks."""
        return len(self.starts)


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), np.float32)


def _mean(rows: Floats, firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> Floats:
    """Means over runs of rows that begin at ``firsts``."""
    sums = np.add.reduceat(rows, firsts)
    return np.asarray(sums / counts.reshape(-1, *[1] * (rows.ndim - 1)), np.float32)


def _by_word(
    pieces: Pieces, tags: Floats, roles: Floats, report: Floats, tells: Floats
) -> Probabilities:
    firsts = np.flatnonzero(np.diff(pieces.words, prepend=-1))
    counts = np.diff(firsts, append=len(pieces))
    kinds = np.concatenate([tags[:, :1], tags[:, 1::2] + tags[:, 2::2]], axis=1)
    mean = _mean(kinds, firsts, counts)
    best = 2 * mean[:, 1:].argmax(-1)
    rows = np.arange(len(firsts))
    head = tags[firsts]
    return Probabilities(
        starts=pieces.starts[firsts],
        ends=pieces.ends[firsts + counts - 1],
        kinds=mean,
        begins=head[rows, 1 + best] > head[rows, 2 + best],
        roles=_mean(tells * roles, firsts, counts) / _mean(tells, firsts, counts),
        tells=np.add.reduceat(tells, firsts),
        report=_mean(report, firsts, counts),
    )


@contextmanager
def _runners(workers: int) -> Iterator[Callable[..., Iterable[list[Floats]]]]:
    """What maps a function over windows; ONNX Runtime works outside the interpreter's lock."""
    if workers == 1:
        yield map
        return
    with ThreadPoolExecutor(workers) as pool:
        yield pool.map


class Network:
    """The network of one folder, with its tokenizer and the names of what it tells apart."""

    def __init__(self, folder: Path, *, size: int, overlap: int, threads: int) -> None:
        """Load it; ``size`` and ``overlap`` are word pieces of a window, at most 512."""
        self.size, self.overlap = size, overlap
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.kinds: list[str] = labels["kinds"]
        self.roles: list[str] = labels["roles"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.edges = [self.tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # slower than what it replaces
        )

    def _run(self, pieces: Pieces, window: Window) -> Iterator[Floats]:
        held = pieces.ids[window.start : window.end]
        ids = np.array([[self.edges[0], *held, self.edges[1]]], np.int64)
        skip = 1 - window.start
        for out in self.session.run(None, {"ids": ids}):
            yield out[0][skip + window.keep_start : skip + window.keep_end]

    def read(self, text: str, workers: int = 1) -> Probabilities:
        """Probabilities for every word of a text of any length; none for one without words.

        So many ``workers`` read windows at once; what they find does not depend on their number.
        """
        pieces = encode(self.tokenizer, text)
        cuts = block_starts(self.tokenizer, pieces)
        if not len(pieces):
            nothing, none = np.empty(0, np.int64), np.empty((0, 1), np.float32)
            return Probabilities(
                nothing, nothing, none, nothing.astype(bool), none, none, none[:, 0]
            )
        windows = cut(pieces, cuts, self.size - 2, self.overlap)
        with _runners(workers) as run:
            parts = zip(*run(lambda w: list(self._run(pieces, w)), windows), strict=True)
            tags, roles, report, tells = (np.concatenate(part) for part in parts)
        return _by_word(pieces, _softmax(tags), roles, _sigmoid(report), np.exp(tells))
