"""Measures the shipped pipeline: `python evaluate.py --pipeline DIR --corpus DIR | --gold DIR`.

touched: share of marked mentions with at least one character found under any kind (the rest leak
whole); full: every letter and digit found; named: touched under its own kind. precision: share of
found mentions of a kind that touch a marked one of that kind (under ``any``: of any kind).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from math import exp
from pathlib import Path

import spacy

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import redactor.detect.nlp  # noqa: F401
from redactor.people.evidence import odds

from corpus import Document, read_folder
from gold import read_gold
from labels import KIND_OF, ROLE_OF, ROLES

Found = list[tuple[int, int, str, float, dict[str, float], dict[str, float]]]


def find(nlp: spacy.language.Language, text: str, *, weak: bool = False) -> Found:
    """What the pipeline finds."""
    doc = nlp(text)
    spans = [*doc.ents, *(doc.spans["weak"] if weak else ())]
    return [(s.start_char, s.end_char, s.label_, s._.score, s._.roles or {}, s._.tells or {}) for s in spans]


def score(docs: list[Document], found: list[Found]) -> dict[str, dict[str, float]]:
    """Counts and shares by kind."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, spans in zip(docs, found, strict=True):
        covered = {i for a, b, *_ in spans for i in range(a, b)}
        by_kind = defaultdict(set)
        for a, b, kind, *_ in spans:
            by_kind[kind] |= set(range(a, b))
        marked: dict[str, set[int]] = defaultdict(set)
        for s in doc.spans:
            kind = KIND_OF.get(s.kind, "KEEP")
            chars = {i for i in range(s.start, s.end) if doc.text[i].isalnum()}
            marked[kind] |= chars
            for name in (kind, "ALL") if kind != "KEEP" else (kind,):
                count[name]["n"] += 1
                count[name]["touched"] += bool(chars & covered)
                count[name]["full"] += chars <= covered
                count[name]["named"] += bool(chars & by_kind[kind])
        every = set().union(*(v for k, v in marked.items() if k != "KEEP")) if marked else set()
        for a, b, kind, *_ in spans:
            chars = {i for i in range(a, b) if doc.text[i].isalnum()}
            for name, gold in ((kind, marked[kind]), ("ALL", every)):
                count[name]["found"] += 1
                count[name]["right"] += bool(chars & gold)
            count[kind]["right_any"] += bool(chars & every)
            count["ALL"]["right_any"] += bool(chars & every)
            count["ALL"]["chars"] += len(chars)
            count["ALL"]["chars_right"] += len(chars & every)
    out = {}
    for name, c in sorted(count.items(), key=lambda kv: -kv[1]["n"]):
        out[name] = {"n": c["n"]} | {k: round(c[k] / max(c["n"], 1), 3) for k in ("touched", "full", "named")}
        out[name] |= {
            "precision": round(c["right"] / max(c["found"], 1), 3),
            "precision_any": round(c["right_any"] / max(c["found"], 1), 3),
        }
    out["ALL"]["char_precision"] = round(count["ALL"]["chars_right"] / max(count["ALL"]["chars"], 1), 3)
    return out


def pooled(guesses: list[tuple[dict[str, float], dict[str, float]]], role: str) -> float:
    """The probability of a role over several mentions: the weighted mean of their log odds."""
    total = sum(tells.get(role, 1) for _, tells in guesses)
    mean = sum(tells.get(role, 1) * odds(roles.get(role, 0)) for roles, tells in guesses) / total
    return 1 / (1 + exp(-mean))


def score_roles(docs: list[Document], found: list[Found], *, whole: bool) -> dict[str, dict[str, float]]:
    """Role accuracy of name mentions: alone, or each person's mentions taken together (``whole``)."""
    top = Counter()
    per: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, spans in zip(docs, found, strict=True):
        held: dict[str, list[tuple[dict[str, float], dict[str, float]]]] = defaultdict(list)
        for s in doc.spans:
            if s.kind == "name" and doc.roles(s.person):
                hit = next((f[4:] for f in spans if f[0] < s.end and f[1] > s.start and f[2] == "NAME"), None)
                if hit is not None:
                    held[s.person].append(hit)
        for person, guesses in held.items():
            gold = {ROLE_OF.get(r, r) for r in doc.roles(person)}
            mean = {r: pooled(guesses, r) for r in ROLES}
            for guess in [mean] if whole else [g for g, _ in guesses]:
                best = max(guess, key=guess.__getitem__, default="")
                top["n"] += 1
                top["right"] += best in gold
                for role in ROLES:
                    c, yes = per[role], guess.get(role, 0) >= 0.5
                    c["n"] += role in gold
                    c["found"] += yes
                    c["right"] += yes and role in gold
                    c["low"] += guess.get(role, 0) >= 0.2 and role in gold
    out = {"best guess is a role of the person": {"n": top["n"], "accuracy": round(top["right"] / max(top["n"], 1), 3)}}
    for role, c in sorted(per.items(), key=lambda kv: -kv[1]["n"]):
        out[role] = {
            "n": c["n"],
            "recall": round(c["right"] / max(c["n"], 1), 3),
            "recall at 0.2": round(c["low"] / max(c["n"], 1), 3),
            "precision": round(c["right"] / max(c["found"], 1), 3),
        }
    return out


def table(rows: dict[str, dict[str, float]], title: str) -> str:
    """A Markdown table."""
    heads = list(dict.fromkeys(k for r in rows.values() for k in r))
    lines = [f"| {title} | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    return "\n".join([*lines, *(f"| {k} | " + " | ".join(str(r.get(h, "")) for h in heads) + " |" for k, r in rows.items())])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pipeline", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, help="marked-up HTML; only every tenth, held out, is read")
    parser.add_argument("--all", action="store_true", help="read every document of the corpus: none of them was learnt from")
    parser.add_argument("--gold", type=Path, help="folder of gold json")
    parser.add_argument("--from", dest="start", default="d-017")
    parser.add_argument("--to", dest="end", default="d-032")
    parser.add_argument("--weak", action="store_true")
    parser.add_argument("--misses", action="store_true", help="print what was missed (never for protected text)")
    args = parser.parse_args()
    if args.corpus:
        docs = [d for i, d in enumerate(read_folder(args.corpus)) if args.all or i % 10 == 7]
    else:
        docs = [read_gold(p) for p in sorted(args.gold.glob("d-*.json")) if args.start <= p.stem <= args.end]
    nlp = spacy.load(args.pipeline)
    found = [find(nlp, d.text, weak=args.weak) for d in docs]
    print(table(score(docs, found), "kind"))
    print()
    print(table(score_roles(docs, found, whole=False), "role, each mention"))
    print()
    print(table(score_roles(docs, found, whole=True), "role, each person"))
    if args.misses:
        for doc, spans in zip(docs, found, strict=True):
            covered = {i for a, b, *_ in spans for i in range(a, b)}
            for s in doc.spans:
                chars = {i for i in range(s.start, s.end) if doc.text[i].isalnum()}
                if s.kind != "keep" and not chars <= covered:
                    print(
                        "MISS" if not chars & covered else "PART",
                        doc.id,
                        s.kind,
                        json.dumps(
                            doc.text[max(0, s.start - 40) : s.start]
                            + "[["
                            + doc.text[s.start : s.end]
                            + "]]"
                            + doc.text[s.end : s.end + 30]
                        ),
                    )
            marked = {i for s in doc.spans if s.kind != "keep" for i in range(s.start, s.end)}
            for a, b, kind, p, *_ in spans:
                if not marked & set(range(a, b)):
                    print(
                        "FALSE",
                        doc.id,
                        kind,
                        round(p, 2),
                        json.dumps(doc.text[max(0, a - 40) : a] + "[[" + doc.text[a:b] + "]]" + doc.text[b : b + 30]),
                    )


if __name__ == "__main__":
    main()
