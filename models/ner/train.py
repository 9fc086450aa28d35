"""Trains the network: `python train.py --corpus DIR --out FILE` (see project.yml)."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from redactor.detect.encoding import BLOCK, CELL, LINE, PAGE

from corpus import Document, read_folder
from forms import make
from gold import read_laid_out
from labels import ROLES, TAGS
from model import Network, person_logits
from outside import read_outside, swap
from samples import IGNORE, Sample, batches, windows
from vary import relay, smudge, vary, wrap

SHARES = {
    "tab": 0.2,
    "btc": 0.12,
    "wnut17": 0.08,
    "wikigold": 0.12,
    "litbank": 0.13,
    "gum_free": 0.1,
    "secfilings": 0.1,
    "presidio_synth": 0.15,
}
# where a processor lacks them, 16 bits are slower than 32
HALF = any(torch.cpu.get_capabilities().get(k) for k in ("amx_bf16", "avx512_bf16"))
NAME = [TAGS.index("B-NAME"), TAGS.index("I-NAME")]


def held_out(docs: list[Document]) -> tuple[list[Document], list[Document]]:
    """Documents to learn from, and every tenth kept for selection."""
    return [d for i, d in enumerate(docs) if i % 10 != 7], [d for i, d in enumerate(docs) if i % 10 == 7]


def drawn(docs: list[Document], often: dict[str, float], rng: random.Random) -> list[Document]:
    """The documents of one epoch: each as often as the longest beginning of its id in ``often`` says, a fraction being its chance."""
    out = []
    for doc in docs:
        times = often.get(max((k for k in often if doc.id.startswith(k)), key=len, default=""), 1.0)
        out += [doc] * (int(times) + (rng.random() < times % 1))
    return out


def stack(samples: list[Sample]) -> dict[str, Tensor]:
    """One padded batch."""
    size = -(-max(len(s.ids) for s in samples) // 32) * 32  # few shapes, few plans kept by the library

    def pad(x: np.ndarray, value: float) -> np.ndarray:
        return np.concatenate([x, np.full((size - len(x), *x.shape[1:]), value, x.dtype)])

    fields = {"ids": 0, "tags": IGNORE, "weights": 0, "roles": -1, "people": -1, "report": -1}
    out = {f: torch.from_numpy(np.stack([pad(getattr(s, f), v) for s in samples])) for f, v in fields.items()}
    out["attention"] = (out["ids"] != 0).float()
    out["partial"] = torch.tensor([s.partial for s in samples])
    return out


def loss_of(net: Network, batch: dict[str, Tensor], other_weight: float, role_weight: float = 1.0) -> tuple[Tensor, dict[str, float]]:
    """Weighted sum of the four losses."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        tags, roles, report, tells = net(batch["ids"], batch["attention"])
    tags, roles, report, tells = tags.float(), roles.float(), report.float(), tells.float()
    log = functional.log_softmax(tags, -1)
    gold, known = batch["tags"], batch["tags"] != IGNORE
    each = functional.nll_loss(log.transpose(1, 2), gold, ignore_index=IGNORE, reduction="none")
    each = 0.98 * each - 0.02 * log.mean(-1) * known
    weight = batch["weights"] * known * torch.where(gold == 0, other_weight, 1.0)
    not_name = -torch.log((1 - log[..., NAME].exp().sum(-1)).clamp(min=1e-4))
    loose = batch["partial"][:, None] & (gold == 0)
    each = torch.where(loose, not_name, each)
    weight = weight * torch.where(batch["partial"], 0.4, 1.0)[:, None]
    tag_loss = (each * weight).sum() / weight.sum().clamp(min=1)
    has = batch["roles"] >= 0
    target = batch["roles"].clamp(min=0)
    role_loss = functional.binary_cross_entropy_with_logits(roles, target, reduction="none")
    role_loss = (role_loss * has).sum() / has.sum().clamp(min=1)
    person_loss = whole_people(roles, tells, batch)
    told = batch["report"] >= 0
    talk = functional.binary_cross_entropy_with_logits(report, batch["report"].clamp(min=0), reduction="none")
    talk = (talk * told).sum() / told.sum().clamp(min=1)
    total = tag_loss + role_weight * (0.3 * role_loss + 0.7 * person_loss) + 0.15 * talk
    return total, {"tag": tag_loss.item(), "role": role_loss.item(), "person": person_loss.item(), "talk": talk.item()}


def of_people(batch: dict[str, Tensor]) -> Tensor:
    """Role targets of every person of a batch (people, roles)."""
    held = batch["people"] >= 0
    gold = torch.zeros(int(batch["people"].max()) + 1, batch["roles"].shape[-1])
    gold[batch["people"][held]] = batch["roles"][held]
    return gold


def whole_people(roles: Tensor, tells: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Loss of the roles of whole people, all their mentions taken together."""
    if int(batch["people"].max()) < 0:
        return torch.zeros(())
    logits, named = person_logits(roles, tells, batch["people"])
    return functional.binary_cross_entropy_with_logits(logits[named], of_people(batch)[named])


def hide(samples: list[Sample], mask: int, rng: random.Random) -> None:
    """Blank out some word pieces of half the windows, so that no sentence is learnt by heart."""
    for sample in samples:
        if rng.random() < 0.5:
            share = rng.uniform(0, 0.12)
            for i in range(1, len(sample.ids) - 1):
                if sample.ids[i] > mask and rng.random() < share:
                    sample.ids[i] = mask


def epoch_samples(docs, outside, tokenizer, rng, *, chunks, forms, size):
    """Fresh variations of every document and a draw from the free corpora, in windows of ``size``."""
    out: list[list[Sample]] = []
    for doc in docs:
        held = rng.choice([size, size, size * 7 // 8, size * 3 // 4, size // 2])
        out.append(windows(vary(doc, rng), tokenizer, held, held // 8, partial=False))
    for i in range(forms):
        form = make(rng, i)
        for step, share in ((relay, 0.5), (smudge, 0.2), (wrap, 0.5)):
            form = step(form, rng) if rng.random() < share else form
        out.append(windows(form, tokenizer, size, size // 8, partial=False))
    for name, share in SHARES.items():
        pool = outside.get(name, [])
        drawn = rng.sample(pool, min(len(pool), int(share * chunks)))
        out += [windows(swap(doc, rng) if rng.random() < 0.5 else doc, tokenizer, size * 3 // 4, size // 8, partial=True) for doc in drawn]
    out = [group for group in out if group]
    hide([s for group in out for s in group], tokenizer.token_to_id("[MASK]"), rng)
    return out


@torch.no_grad()
def validate(net: Network, docs: list[Document], tokenizer: Tokenizer, size: int) -> dict[str, float]:
    """Piece-level recall and precision of names and of all kinds, and role accuracy."""
    net.eval()
    samples = [windows(d, tokenizer, size, size // 8, partial=False) for d in docs]
    hit = {"name": [0, 0, 0], "any": [0, 0, 0]}
    right = [0, 0, 0, 0]
    guesses, golds = [], []
    losses = []
    for group in batches(samples, 6000, random.Random(0)):
        batch = stack(group)
        losses.append(loss_of(net, batch, 1.0)[1])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
            tags, roles, _, tells = net(batch["ids"], batch["attention"])
        logits, named = person_logits(roles.float(), tells.float(), batch["people"])
        guesses.append(logits[named])
        golds.append(of_people(batch)[named])
        p = tags.float().softmax(-1)
        known = batch["tags"] != IGNORE
        for key, gold, found in (
            ("any", batch["tags"] > 0, 1 - p[..., 0] >= 0.5),
            ("name", (batch["tags"] == NAME[0]) | (batch["tags"] == NAME[1]), p[..., NAME].sum(-1) >= 0.5),
        ):
            hit[key][0] += int((gold & found & known).sum())
            hit[key][1] += int((gold & known).sum())
            hit[key][2] += int((found & known).sum())
        has = batch["roles"][..., 0] >= 0
        best = roles.float().argmax(-1)
        right[0] += int((batch["roles"].gather(-1, best[..., None]).squeeze(-1) == 1)[has].sum())
        right[1] += int(has.sum())
        rep = has & (batch["roles"][..., 0] == 1) & ((batch["tags"] == NAME[0]) | (batch["tags"] == NAME[1]))
        right[2] += int((roles.float()[..., 0][rep] > 0).sum())
        right[3] += int(rep.sum())
    net.train()
    out = {f"{k}_{m}": round(v[0] / max(v[i], 1), 4) for k, v in hit.items() for i, m in ((1, "r"), (2, "p"))}
    guess, gold = torch.cat(guesses), torch.cat(golds)
    reporter = gold[:, 0] == 1
    out["person_right"] = round(float(gold.gather(1, guess.argmax(1, keepdim=True)).mean()), 4)
    out["reporter_people_r"] = round(float((guess[reporter, 0] > -1).float().mean()), 4)
    out["reporter_people_p"] = round(float(reporter[guess[:, 0] > -1].float().mean()), 4)
    mean = {k: round(float(np.mean([x[k] for x in losses])), 4) for k in losses[0]}
    return out | {"role_right": round(right[0] / right[1], 4), "reporter_r": round(right[2] / max(right[3], 1), 4)} | mean


def main() -> None:
    """Train, validate now and then, save the running average of the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--laid-out", type=Path, help="documents kept by prepare.py")
    parser.add_argument("--outside", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base weights and tokenizer.json")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=0, help="stop by the clock and not by epochs")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tokens", type=int, default=4000)
    parser.add_argument("--outside-chunks", type=int, default=130)
    parser.add_argument("--other-weight", type=float, default=0.7)
    parser.add_argument("--role-weight", type=float, default=5.0)
    parser.add_argument("--forms", type=int, default=120, help="made-up forms an epoch")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--size", type=int, default=256, help="word pieces of a window, as the pipeline reads them")
    parser.add_argument(
        "--often", type=json.loads, default={}, metavar="JSON", help='times an epoch by beginning of the id: {"t": 0.5, "y1": 2}'
    )
    parser.add_argument("--all", action="store_true", help="learn from the held-out documents too")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    kept = held_out(read_folder(args.corpus))[1]
    passed = set() if args.all else {d.id for d in kept}

    def lessons() -> list[Document]:
        """What one epoch learns from; documents that came into the folder since the last are among it."""
        docs = [d for d in read_folder(args.corpus) if d.id not in passed]
        return drawn(docs + (read_laid_out(args.laid_out) if args.laid_out else []), args.often, rng)

    outside = read_outside(args.outside) if args.outside else {}
    net = Network(len(TAGS), len(ROLES), args.dropout)
    net.load_base(args.base / "model.safetensors")
    with torch.no_grad():
        for mark, like in ((CELL, "|"), (BLOCK, "¶"), (PAGE, "§"), (LINE, ";")):
            net.words.weight[tokenizer.token_to_id(mark)] = net.words.weight[tokenizer.token_to_id(like)]
    if args.start:
        net.load_state_dict(torch.load(args.start), strict=False)  # a head may be new
    net.words.weight.requires_grad = False
    heads = [p for n, p in net.named_parameters() if n.startswith(("tags", "roles", "report", "tells"))]
    body = [p for n, p in net.named_parameters() if not n.startswith(("tags", "roles", "report", "tells", "words"))]
    fast = 5
    optimizer = torch.optim.AdamW([{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * fast}], weight_decay=0.02)
    draws = {"chunks": args.outside_chunks, "forms": args.forms, "size": args.size}
    steps_each = len(batches(epoch_samples(lessons(), outside, tokenizer, random.Random(0), **draws), args.tokens, rng))
    total = steps_each * args.epochs
    began = time.time()

    def done(step: int) -> float:
        """Share of the way: of the steps, or of the minutes where those are given."""
        return (time.time() - began) / (60 * args.minutes) if args.minutes else step / total

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 40, max(0.02, 1 - done(s))))
    print(json.dumps({"held_out": len(kept), "outside": {k: len(v) for k, v in outside.items()}, "steps": total}), flush=True)
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))
    net.train()
    for epoch in range(args.epochs):
        if done(epoch * steps_each) >= 1:
            break
        log, docs = [], lessons()
        for group in batches(epoch_samples(docs, outside, tokenizer, rng, **draws), args.tokens, rng):
            loss, parts = loss_of(net, stack(group), args.other_weight, args.role_weight)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            average.update_parameters(net)
            log.append(parts)
            if done(schedule.last_epoch) >= 1.01:
                break
        told = {k: round(float(np.mean([x[k] for x in log])), 4) for k in log[0]}
        checked = validate(average.module, kept, tokenizer, args.size) if epoch % 2 or done(schedule.last_epoch) >= 1 else {}
        print(
            json.dumps({"epoch": epoch, "docs": len(docs), "s": round(time.time() - began), "train": told, "held_out": checked}), flush=True
        )
        torch.save(average.module.state_dict(), args.out)


if __name__ == "__main__":
    main()
