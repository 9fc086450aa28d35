"""New names for the people of a document: one origin a family, every form kept."""

from __future__ import annotations

import difflib
import random
import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "names"
WEIGHTS = {
    "plain": 20, "words": 12, "hispanic": 10, "africanamerican": 9, "census": 16, "hmong": 4, "somali": 4,
    "vietnamese": 4, "arabic": 4, "tribal": 5, "slavic": 4, "asian": 5, "european": 5, "african": 4,
}  # fmt: skip
FIXED = {
    "jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "miss", "dr", "lt", "sgt", "det", "ofc", "officer", "judge", "hon",
    "rev", "sister", "mother", "and", "de", "la", "del", "los", "van", "von", "der", "al", "el", "bin", "st", "aka", "nee",
    "née", "md", "rn", "lpn", "esq", "phd", "lcsw", "msw", "pa", "np", "d", "o", "y", "e", "the", "or", "baby", "boy", "girl",
    "a", "k", "grandma", "grandpa", "aunt", "uncle", "papa", "nana", "mamaw", "papaw", "big", "little", "lil", "dep", "cpl",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def pools() -> dict[str, tuple[list[str], list[str]]]:
    """Given names and surnames by origin."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in (FOLDER / "origins.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, names = line.split(": ", 1)
            origin, part = key.split(".")
            found.setdefault(origin, {})[part] = [n.replace("-", " ") if origin == "vietnamese" else n for n in names.split()]
    read = lambda name: (FOLDER / name).read_text(encoding="utf-8").split()
    found["census"] = {"first": read("us_first.txt"), "last": read("us_surnames.txt")}
    return {k: (v["first"], v["last"]) for k, v in found.items()}


def shape(model: str, new: str) -> str:
    """The new word in the case pattern of the old one."""
    if model.isupper() and len(model) > 1:
        return new.upper()
    if model.islower():
        return new.lower()
    return new


def misspell(word: str, rng: random.Random) -> str:
    """The word with one letter dropped, doubled, swapped or changed."""
    if len(word) < 4:
        return word
    i = rng.randrange(1, len(word) - 1)
    return rng.choice(
        [word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:], word[:i] + word[i + 1] + word[i] + word[i + 2 :],
         word[:i] + rng.choice("aeiourslnth") + word[i + 1 :]]
    )  # fmt: skip


class Cast:
    """Old name words to new ones, the same through a document."""

    def __init__(self, people: dict[str, dict[str, object]], rng: random.Random) -> None:
        self.rng = rng
        self.new: dict[str, str] = {}
        self.parts: dict[str, list[str]] = {}
        self.letters: dict[str, str] = {}
        home = self.origin()
        for key, person in people.items():
            if rng.random() < 0.45:
                home = self.origin()
            self._enter(key, str(person.get("name", "")), home)
            for other in person.get("aka", ()) or ():
                self._enter(key, str(other), home, given=True)

    def origin(self) -> str:
        return self.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def _pick(self, origin: str, part: int) -> str:
        mixed = origin if self.rng.random() < 0.85 else self.origin()
        name = self.rng.choice(pools()[mixed][part])
        if part == 1 and self.rng.random() < 0.04:
            name += "-" + self.rng.choice(pools()[self.origin()][1])
        if part == 0 and self.rng.random() < 0.03:
            name += self.rng.choice(["-", " "]) + self.rng.choice(pools()[origin][0])
        return name

    def _enter(self, key: str, name: str, origin: str, *, given: bool = False) -> None:
        before, comma, after = name.partition(",")
        turned = comma and after.strip(" .").lower() not in FIXED
        words = [w.lower() for w in WORD.findall(f"{after} {before}" if turned else name)]
        words = [w for w in words if w not in FIXED and len(w) > 1]
        for i, word in enumerate(words):
            last = not given and i == len(words) - 1 and (len(words) > 1 or key != "")
            if word not in self.new:
                self.new[word] = self._pick(origin, 1 if last else 0)
            self.parts.setdefault(key, []).append(word)

    def word(self, old: str, person: str) -> str:
        """What stands in place of one word of a name of the person."""
        low = old.lower().replace("’", "'")
        if low in self.new:
            return shape(old, self.new[low])
        if len(low) == 1 or (old.isupper() and len(low) <= 3 and low not in FIXED):
            return "".join(self._letter(c, person) for c in old)
        if low in FIXED:
            return old
        near = difflib.get_close_matches(low, self.new, 1, 0.75)
        if near:
            return shape(old, misspell(self.new[near[0]], self.rng))
        stem = next((w for w in self.parts.get(person, ()) if w.startswith(low[:2]) and len(low) < len(w)), "")
        base = self.new[stem] if stem else ""
        self.new[low] = base[: max(2, min(len(low), len(base)))] if len(base) > 3 else self._pick(self.origin(), 0)
        return shape(old, self.new[low])

    def _letter(self, letter: str, person: str) -> str:
        low = letter.lower()
        for word in self.parts.get(person, ()):
            if word[0] == low:
                return shape(letter + letter, self.new[word][0]) if letter.isupper() else self.new[word][0].lower()
        if low not in self.letters:
            self.letters[low] = self.rng.choice("abcdefghijklmnoprstvw")
        return self.letters[low].upper() if letter.isupper() else self.letters[low]

    def name(self, text: str, person: str) -> str:
        """A mention of a name, made new."""
        return WORD.sub(lambda m: self.word(m.group(), person), text)

    def inside(self, text: str) -> str:
        """Text (an e-mail name, a handle) with every known name word in it made new."""
        for old in sorted((w for w in self.new if len(w) > 2), key=len, reverse=True):
            if old in text.lower():
                plain = re.sub(r"\W", "", self.new[old].lower())
                text = re.sub(re.escape(old), lambda m, p=plain: shape(m.group(), p), text, flags=re.IGNORECASE)
        return text
