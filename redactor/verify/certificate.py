"""A signed statement beside each release: what was checked, with what, and how it came out.

Ed25519 (RFC 8032) over the JSON of the statement with sorted keys and no white space. The digest of
the case file is not in it: whoever held the certificate could try guesses against it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from redactor.errors import BadSettings, CannotWrite
from redactor.types import Verdict

SCHEMA = "redactor-certificate/1"
OWNER = 0o600


def certify(
    document: bytes,
    verdict: Verdict,
    versions: Mapping[str, str],
    log: Mapping[str, Any],
    key: Ed25519PrivateKey,
    now: datetime,
) -> bytes:
    """The certificate of a release as JSON; ``log`` is the requester's log that goes with it."""
    statement = {
        "schema": SCHEMA,
        "document_sha256": hashlib.sha256(document).hexdigest(),
        "document_bytes": len(document),
        "log_sha256": hashlib.sha256(_canonical(log)).hexdigest(),
        "releasable": verdict.releasable,
        "checks": [{"name": c.name, "passed": c.passed, "count": c.count} for c in verdict.checks],
        "versions": dict(versions),
        "time": now.isoformat(timespec="seconds"),
    }
    whole = {
        "statement": statement,
        "algorithm": "Ed25519",
        "public_key": public_text(key.public_key()),
        "signature": base64.b64encode(key.sign(_canonical(statement))).decode(),
    }
    return (json.dumps(whole, indent=1, sort_keys=True) + "\n").encode()


def faults(certificate: bytes, document: bytes, public_key: str) -> list[str]:
    """Why the certificate does not vouch for the document, in plain words; empty if it does.

    ``public_key`` is the agency's, in base 64: a certificate may be signed by anybody.
    """
    try:
        whole = json.loads(certificate)
        statement, signature = whole["statement"], base64.b64decode(whole["signature"])
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(signature, _canonical(statement))
    except InvalidSignature:
        return ["It was not signed with this key, or it was changed after it was signed."]
    except (ValueError, KeyError, TypeError):
        return ["The certificate or the key cannot be read."]
    found = []
    if statement.get("schema") != SCHEMA:
        found.append("It is of another kind or version.")
    if statement.get("document_sha256") != hashlib.sha256(document).hexdigest():
        found.append("It was given for another document, or the document was changed.")
    if statement.get("releasable") is not True:
        found.append("It says that a check failed.")
    return found


def _canonical(statement: Mapping[str, Any]) -> bytes:
    return json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()


def public_text(key: Ed25519PublicKey) -> str:
    """The public key in base 64."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key of the file, made on first use and readable by its owner alone.

    Raises:
        BadSettings: the file is no such key, or others may read it.
        CannotWrite: it is not there and cannot be made.
    """
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            raise BadSettings("The key that signs certificates may be read by others.")
        key = load_pem_private_key(path.read_bytes(), None)
    except ValueError:
        raise BadSettings("The key that signs certificates cannot be read.") from None
    except OSError as error:
        raise CannotWrite("The key that signs certificates cannot be made or read.",
                          reason=error.strerror or "") from None  # fmt: skip
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSettings("The key that signs certificates is not for Ed25519.")
    return key


def _make(path: Path) -> None:
    """Write a new key; where two processes do so at once, the first wins."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
