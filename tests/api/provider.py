"""An OpenID Connect provider in a process of its own: discovery, code flow with PKCE, signed tokens.

It lets everybody in as the person that was put before it last.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import sys
import time
from typing import Any

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey

app = Flask(__name__)
port = int(sys.argv[1])
claims: dict[str, Any] = {}
ISSUER = f"http://127.0.0.1:{port}"
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
ROGUE = RSAKey.generate_key(2048, {"kid": "k1"})
codes: dict[str, dict[str, str]] = {}


@app.get("/.well-known/openid-configuration")
def discovery() -> Any:
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/keys",
    }


@app.post("/person")
def person() -> Any:
    claims.clear()
    claims.update(request.get_json())
    return ""


@app.get("/keys")
def keys() -> Any:
    return {"keys": [KEY.as_dict(private=False)]}


@app.get("/authorize")
def authorize() -> Any:
    asked = request.args
    if asked.get("client_id") != "redactor" or asked.get("code_challenge_method") != "S256":
        return Response(status=400)
    code = secrets.token_urlsafe(16)
    codes[code] = dict(asked)
    return redirect(f"{asked['redirect_uri']}?code={code}&state={asked['state']}")


@app.post("/token")
def token() -> Any:
    asked = codes.pop(request.form.get("code", ""), None)
    basic = base64.b64encode(b"redactor:a client secret").decode()
    if asked is None or request.headers.get("Authorization") != f"Basic {basic}":
        return jsonify(error="invalid_grant"), 400
    verifier = request.form.get("code_verifier", "")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()
    if challenge.rstrip("=") != asked["code_challenge"]:
        return jsonify(error="invalid_grant"), 400
    told = {
        "iss": ISSUER, "aud": "redactor", "exp": int(time.time()) + 300, "iat": int(time.time()),
        "nonce": asked["nonce"], **claims,
    }  # fmt: skip
    key = ROGUE if told.pop("rogue", False) else KEY
    signed = jwt.encode({"alg": "RS256", "kid": "k1"}, told, key)
    return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


if __name__ == "__main__":
    app.run("127.0.0.1", port)
