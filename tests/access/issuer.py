"""An issuer of tokens: a real HTTP server on loopback with real keys, which it may change."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
Json: TypeAlias = dict[str, object]
AUDIENCE = "graph"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key of an issuer, with the algorithm that it signs with."""

    id: str
    algorithm: str
    private: PrivateKey

    @property
    def public(self) -> Json:
        """The public half as a JSON Web Key."""
        match self.private:
            case rsa.RSAPrivateKey():
                made = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
            case ec.EllipticCurvePrivateKey():
                made = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
            case ed25519.Ed25519PrivateKey():
                made = OKPAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**made, "kid": self.id, "use": "sig", "alg": self.algorithm}

    def sign(self, claims: Mapping[str, object], **header: object) -> str:
        """A token with these claims; a header of None is left out."""
        named = {name: value for name, value in {"kid": self.id, **header}.items() if value is not None}
        return jwt.encode(dict(claims), self.private, algorithm=self.algorithm, headers=named)


def rsa_signer(identifier: str, algorithm: str = "RS256", bits: int = 2048) -> Signer:
    """A new RSA key."""
    return Signer(identifier, algorithm, rsa.generate_private_key(public_exponent=65537, key_size=bits))


def ec_signer(identifier: str) -> Signer:
    """A new key on the curve P-256."""
    return Signer(identifier, "ES256", ec.generate_private_key(ec.SECP256R1()))


def ed_signer(identifier: str) -> Signer:
    """A new key on the curve Ed25519."""
    return Signer(identifier, "EdDSA", ed25519.Ed25519PrivateKey.generate())


@dataclass(slots=True)
class Issuer:
    """What the server answers, by path, and what it was asked. ``gate`` holds its answers while closed."""

    server: ThreadingHTTPServer
    answers: dict[str, tuple[int, bytes, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """The issuer's name, and where it answers."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def keys_address(self) -> str:
        """Where its keys are."""
        return f"{self.address}/keys"

    def answer(self, path: str, body: object, status: int = 200, location: str = "") -> None:
        """Answer this at a path from now on; bytes are sent as they are."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[path] = (status, sent, location)

    def offer(self, *signers: Signer) -> None:
        """Have these keys from now on, and tell where they are."""
        self.answer("/keys", {"keys": [signer.public for signer in signers]})
        found = {"issuer": self.address, "jwks_uri": self.keys_address}
        self.answer("/.well-known/openid-configuration", found)

    def claims(self, **given: object) -> Json:
        """The claims of a good token, with these changed; one of None is left out."""
        now = int(time.time())
        good = {"iss": self.address, "sub": "user-7", "aud": AUDIENCE, "iat": now, "exp": now + 600}
        return {name: value for name, value in {**good, **given}.items() if value is not None}


def start() -> Issuer:
    """An issuer that knows no address yet; end it with ``stop``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the library calls
            issuer.asked.append(self.path)
            issuer.gate.wait()
            status, body, location = issuer.answers.get(self.path, (404, b"", ""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    issuer = Issuer(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    issuer.gate.set()
    threading.Thread(target=issuer.server.serve_forever, args=(0.01,), daemon=True).start()
    return issuer


def stop(issuer: Issuer) -> None:
    """Close its port."""
    issuer.gate.set()
    issuer.server.shutdown()
    issuer.server.server_close()
