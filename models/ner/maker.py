"""A made-up family: its people, and every identifier that a form can show of them."""

from __future__ import annotations

import random
import re

from form_words import EMPLOYERS, JOBS, STATES, STREETS, TOWNS

from cast import WEIGHTS, pools


class Maker:
    """One made-up family and what can be said of it."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.people: dict[str, dict[str, object]] = {}
        self.names: dict[str, tuple[str, str, str]] = {}
        self.seen: dict[tuple[str, str], str] = {}
        home = self._origin()
        family = self._last(home)
        roles = ["child_victim", "parent", "alleged_perpetrator", "caseworker", "reporter"]
        roles += rng.sample(
            [
                "sibling",
                "sibling",
                "parent",
                "relative",
                "collateral",
                "professional",
                "law_enforcement",
                "attorney",
                "judge",
                "caseworker",
                "relative",
                "collateral",
                "foster_parent",
                "requester",
                "child_victim",
            ],
            rng.randint(3, 9),
        )
        self.home, self.family = home, family
        for role in roles:
            self._add(role)

    def _add(self, role: str) -> str:
        rng, key = self.rng, f"P{len(self.people)}"
        kin = role in ("child_victim", "sibling", "parent", "alleged_perpetrator", "relative") and rng.random() < 0.7
        origin = self.home if kin else self._origin()
        self.names[key] = (self._first(origin), rng.choice(["", "", self._first(origin)]), self.family if kin else self._last(origin))
        more = [role]
        if (role == "alleged_perpetrator" and rng.random() < 0.4) or role == "requester":
            more.append("parent")
        if role == "reporter" and rng.random() < 0.5:
            more.append(rng.choice(["professional", "relative", "collateral"]))
        self.people[key] = {"name": " ".join(self.names[key]), "roles": more, "job": rng.choice(JOBS)}
        return key

    def _origin(self) -> str:
        return self.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def _first(self, origin: str) -> str:
        return self.rng.choice(pools()[origin][0])

    def _last(self, origin: str) -> str:
        last = self.rng.choice(pools()[origin][1])
        return last + "-" + self.rng.choice(pools()[self._origin()][1]) if self.rng.random() < 0.06 else last

    def who(self, *roles: str) -> list[str]:
        return [k for k, p in self.people.items() if not roles or set(roles) & set(p["roles"])]  # type: ignore[call-overload]

    def one(self, *roles: str) -> str:
        found = self.who(*roles)
        return self.rng.choice(found) if found else self._add(roles[0])

    @staticmethod
    def mark(person: str, kind: str, text: str) -> str:
        return f"\x01{person}\x02{kind}\x03{text}\x04"

    def name(self, p: str, form: str = "") -> str:
        first, middle, last = self.names[p]
        rng = self.rng
        form = form or rng.choice(["full", "full", "full", "turned", "turned", "first", "last", "initial", "mid", "caps", "letters"])
        mi = (middle or rng.choice("ABCDEJKLMRST"))[0]
        text = {
            "full": f"{first} {last}", "turned": rng.choice([f"{last}, {first}", f"{last}, {first} {mi}", f"{last},{first}", f"{last.upper()}, {first.upper()}", f"{last.upper()}, {first}", f"{last} {first}"]),
            "first": first, "last": last, "initial": rng.choice([f"{first[0]}. {last}", f"{first[0]} {last}", f"{first} {last[0]}.", f"{last}, {first[0]}.", f"{last}, {first[0]}"]),
            "mid": rng.choice([f"{first} {mi}. {last}", f"{first} {middle or mi} {last}", f'{first} "{self._first("words")}" {last}', f"{first} {last} Jr."]),
            "caps": f"{first} {last}".upper(), "letters": f"{first[0]}.{last[0]}." if rng.random() < 0.7 else f"{first[0]}{last[0]}",
        }[form]  # fmt: skip
        return self.mark(p, "name", text.lower() if rng.random() < 0.03 else text)

    def full(self, p: str) -> str:
        return self.name(p, self.rng.choice(["full", "turned", "mid", "full", "caps"]))

    def _digits(self, n: int) -> str:
        return "".join(self.rng.choice("0123456789") for _ in range(n))

    def phone(self, p: str) -> str:
        a, b, c = self._digits(3), self._digits(3), self._digits(4)
        text = self.rng.choice(
            [
                f"({a}) {b}-{c}",
                f"{a}-{b}-{c}",
                f"{a}.{b}.{c}",
                f"{a} {b} {c}",
                f"{b}-{c}",
                f"{a}{b}{c}",
                f"{a}/{b}-{c}",
                f"{a}-{b}-{c} x{self._digits(3)}",
                f"+1 {a}-{b}-{c}",
            ]
        )
        return self.mark(p, "phone", text)

    def ssn(self, p: str) -> str:
        a, b, c = self._digits(3), self._digits(2), self._digits(4)
        return self.mark(
            p,
            "ssn",
            self.rng.choice(
                [f"{a}-{b}-{c}", f"{a} {b} {c}", f"{a}{b}{c}", f"xxx-xx-{c}", f"***-**-{c}", c, f"{a}-{b}-{c}", f"{a}-{b}-{c}"]
            ),
        )

    def date(self, low: int = 1950, high: int = 2025) -> str:
        rng = self.rng
        m, d, y = rng.randint(1, 12), rng.randint(1, 28), rng.randint(low, high)
        month = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][
            m - 1
        ]
        return rng.choice(
            [
                f"{m}/{d}/{y}",
                f"{m:02}/{d:02}/{y}",
                f"{m}-{d}-{y % 100:02}",
                f"{m:02}/{d:02}/{y % 100:02}",
                f"{month} {d}, {y}",
                f"{y}-{m:02}-{d:02}",
                f"{d} {month[:3]} {y}",
                f"{m}.{d}.{y % 100:02}",
                f"{m:02}{d:02}{y}",
            ]
        )

    def dob(self, p: str) -> str:
        child = set(self.people[p]["roles"]) & {"child_victim", "sibling"}  # type: ignore[call-overload]
        return self.mark(p, "dob", self.date(*((2005, 2025) if child else (1945, 2004))))

    def address(self, p: str) -> str:
        rng = self.rng
        key = ("address", p)
        if key not in self.seen:
            n, s = (
                rng.randint(1, 29999),
                rng.choice(pools()["plain"][1] + TOWNS + ["Oak", "Maple", "Elm", "Main", "Walnut", "Cedar", "Hope", "5th", "12th", "Hwy"]),
            )
            street = rng.choice(
                [
                    f"{n} {s} {rng.choice(STREETS)}",
                    f"{n} {rng.choice('NSEW')} {s} {rng.choice(STREETS)}",
                    f"{n} County Road {rng.randint(1, 999)}",
                    f"P.O. Box {n}",
                    f"{n} State Hwy {rng.choice(['Z', 'AA', '13', '60'])}",
                    f"RR {rng.randint(1, 9)} Box {rng.randint(1, 400)}",
                    f"{n} {s}",
                ]
            )
            unit = rng.choice(
                [
                    "",
                    "",
                    "",
                    f" Apt {rng.randint(1, 40)}{rng.choice(['', 'B'])}",
                    f", Lot {rng.randint(1, 60)}",
                    f" #{rng.randint(1, 300)}",
                    f" Unit {rng.choice('ABCD')}",
                ]
            )
            town = rng.choice(
                [
                    "",
                    f", {rng.choice(TOWNS)}, {rng.choice(STATES)} {self._digits(5)}",
                    f", {rng.choice(TOWNS)} {rng.choice(STATES)} {self._digits(5)}",
                    f", {rng.choice(TOWNS)}",
                    f"\n{rng.choice(TOWNS)}, {rng.choice(STATES)} {self._digits(5)}",
                ]
            )
            self.seen[key] = street + unit + town
        return self.mark(p, "address", self.seen[key])

    def ident(self, p: str) -> str:
        rng = self.rng
        return self.mark(
            p,
            "id",
            rng.choice(
                [
                    self._digits(8),
                    self._digits(7),
                    f"{rng.randint(2010, 2026)}-{self._digits(5)}",
                    f"{rng.choice('ABCMRJ')}{self._digits(7)}",
                    f"{self._digits(2)}JU-{self._digits(4)}",
                    f"{self._digits(3)}-{self._digits(6)}",
                    f"CA-{self._digits(6)}",
                    f"{self._digits(4)} {self._digits(4)}",
                    f"{self._digits(2)}-{rng.choice(['JV', 'JC', 'CV', 'DR'])}-{self._digits(5)}",
                ]
            ),
        )

    def employer(self, p: str) -> str:
        key = ("employer", p)
        if key not in self.seen:
            self.seen[key] = f"{self.rng.choice(pools()['plain'][1] + TOWNS)} {self.rng.choice(EMPLOYERS)}"
        return self.mark(p, "employer", self.seen[key])

    def email(self, p: str) -> str:
        first, _, last = (re.sub(r"\W", "", n.lower()) for n in self.names[p])
        rng = self.rng
        local = rng.choice(
            [
                f"{first}.{last}",
                f"{first[:1]}{last}",
                f"{first}{last[:1]}{rng.randint(1, 99)}",
                f"{last}_{first}",
                f"{first}{rng.randint(1, 999)}",
            ]
        )
        return self.mark(
            p,
            "email",
            f"{local}@{rng.choice(['gmail.com', 'yahoo.com', 'dss.mo.gov', 'mdcps.ms.gov', 'hotmail.com', 'spsd.k12.mo.us', 'co.gov', 'mercy.net'])}",
        )

    def job(self, p: str) -> str:
        job = str(self.people[p]["job"])
        reporter = "reporter" in self.people[p]["roles"]  # type: ignore[operator]
        return self.mark(p, "indirect", job) if reporter else job
