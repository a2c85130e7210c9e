"""A login provider on this machine, speaking as much of OpenID Connect as an app's login needs. For tests alone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "tra-cuu"
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}, private=True)

SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "only for a test on this machine, 32 letters or more"
client_id = "tra-cuu"
client_secret = "x"
server_metadata_url = "ISSUER/.well-known/openid-configuration"

[access]
keepers = ["giu-kho@coquan.vn"]
cleared = ["giu-kho@coquan.vn"]
restricted_folders = ["nhan-su"]
"""


class _Provider(BaseHTTPRequestHandler):
    """Whoever comes is the person whose address the server holds."""

    server: _Server

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            self._send(self._metadata())
        elif path == "/keys":
            self._send({"keys": [KEY.as_dict(private=False)]})
        else:
            self.server.nonces["code"] = query.get("nonce", [""])[0]
            back = urlencode({"code": "code", "state": query["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri'][0]}?{back}")
            self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        now = int(time.time())
        claims = {"iss": self.server.issuer, "aud": CLIENT, "sub": self.server.email, "email": self.server.email,
                  "iat": now, "exp": now + 600, "nonce": self.server.nonces.get("code", "")}  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, KEY)
        self._send({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""

    def _metadata(self) -> dict[str, object]:
        issuer = self.server.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _send(self, content: dict[str, object]) -> None:
        encoded = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Provider)
        self.issuer = f"http://localhost:{self.server_address[1]}"
        self.email = ""
        self.nonces: dict[str, str] = {}


@contextmanager
def provider() -> Iterator[_Server]:
    """A provider that logs in as `email`, which may be changed between logins."""
    server = _Server()
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
