"""Passwords and the secrets of keys: kept as argon2id, compared without telling by time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's least for argon2id; a key is 256 random bits, so that its hash need not be slow too
PASSWORDS = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
KEYS = PasswordHasher(time_cost=1, memory_cost=4096, parallelism=1)
REMEMBERED = 512  # secrets of this process that were right, as digests


def digest(secret: str) -> str:
    """SHA-256 of a random secret, for looking it up; never of a password."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Checker:
    """Checks a secret against its hash; one that was right is known again without argon2."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._right: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def fits(self, kept: str, secret: str) -> bool:
        """True when the secret is the one that the hash was made of."""
        given = digest(f"{kept}:{secret}")
        with self._lock:
            if hmac.compare_digest(self._right.get(kept, ""), given):
                self._right.move_to_end(kept)
                return True
        if not fits(KEYS, kept, secret):
            return False
        with self._lock:
            self._right[kept] = given
            while len(self._right) > REMEMBERED:
                self._right.popitem(last=False)
        return True


@lru_cache(maxsize=4)
def _dummy(hasher: PasswordHasher) -> str:
    """A hash that is checked where there is none, to take as long."""
    return hasher.hash(secrets.token_hex(16))


def fits(hasher: PasswordHasher, kept: str, secret: str) -> bool:
    """True when the secret is the one that the hash was made of; argon2 each time."""
    try:
        return hasher.verify(kept or _dummy(hasher), secret) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False
