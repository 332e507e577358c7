"""A small OpenID Connect provider on this machine: everybody who comes is whom the test says, and agrees to everything.

It is strict where a real one is: codes are good once, and for whoever has the secret and the verifier.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.services.ports import LOOPBACK, free_port

CLIENT_ID: Final = "convene-tests"
CLIENT_SECRET: Final = "not: a%secret/+"
KEY_ID: Final = "key-1"

Claims = dict[str, Any]


def new_key(key_id: str = KEY_ID) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": key_id, "use": "sig", "alg": "RS256"})


@dataclass
class Provider:
    """Who comes next is `person`; `sign` may be replaced by what makes a bad token of its claims."""

    port: int
    key: RSAKey = field(default_factory=new_key)
    person: Claims = field(default_factory=dict)
    sign: Callable[[Claims], str] | None = None
    userinfo: Claims | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    padding: int = 0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def settings(self) -> dict[str, Any]:
        """What a site needs to send people here."""
        return {
            "oidc_issuer": self.url,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "oidc_name": "School Login",
        }

    def comes(self, *, verified: bool = True, **claims: Any) -> Claims:
        """Somebody new, or as the claims say, is at the keyboard from now on."""
        self.sign, self.userinfo = None, None
        subject = secrets.token_hex(8)
        about = {"sub": subject, "email": f"{subject}@example.org", "name": "Ada Lovelace"}
        self.person = {**about, "email_verified": verified, **claims}
        return self.person

    def signed(self, claims: Claims, key: RSAKey | None = None, **header: Any) -> str:
        """A good token, unless its parts are not."""
        protected = {"alg": "RS256", "kid": KEY_ID, **header}
        return jwt.encode(protected, claims, key or self.key, algorithms=[protected["alg"]])

    def metadata(self) -> Claims:
        """What it says of itself."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "padding": "x" * self.padding,
        }

    def keys(self) -> Claims:
        """Its key, beside one that no ID token may be checked by."""
        shared = {"kty": "oct", "kid": "shared", "k": base64.urlsafe_b64encode(b"x" * 32).decode()}
        return {"keys": [shared, self.key.as_dict(private=False)]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes back to."""
        assert query["client_id"] == CLIENT_ID
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = {"code": code, "state": query["state"], "iss": self.url, "session_state": "not ours"}
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """The tokens for a code, once."""
        given = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        if given != f"{quote(CLIENT_ID, safe='')}:{quote(CLIENT_SECRET, safe='')}":
            return 401, {"error": "invalid_client"}
        begun = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            begun is None
            or challenge != begun["code_challenge"]
            or form["redirect_uri"] != begun["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        sign = self.sign or self.signed
        return 200, {
            "id_token": sign({**claims, **self.person}),
            "access_token": "opaque",
            "token_type": "Bearer",
        }


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.provider.asked.append(parts.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        documents: dict[str, Callable[[], Claims]] = {
            "/.well-known/openid-configuration": self.provider.metadata,
            "/jwks": self.provider.keys,
            "/userinfo": lambda: self.provider.userinfo or {},
        }
        self._answer(200, documents[parts.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(*self.provider.token(form, self.headers.get("Authorization", "")))

    def _answer(self, status: int, document: Claims) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of what is overridden
        """Says nothing."""


@contextmanager
def open_provider() -> Iterator[Provider]:
    """The provider, until the end of the block."""
    provider = Provider(free_port())
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer((LOOPBACK, provider.port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
