"""A council's own sign-in for tests: a real OpenID provider on a free port of this machine."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import requests
from oidc_provider_mock import run_server_in_thread

from improvement.signin.provider_settings import read_single_sign_on

TENANT = "11111111-2222-3333-4444-555555555555"
LOGIN = "/account/oidc/council/login/"


class Council:
    def __init__(self, url):
        self.url = url

    def knows(self, subject, email, **claims):
        """Somebody of the council's own directory, unless the claims say otherwise."""
        said = {"email": email, "tid": TENANT, "name": "Not shown here"} | claims
        requests.put(f"{self.url}/users/{subject}", json=said, timeout=10).raise_for_status()

    def sign_in(self, client, subject, query="", bend=str):
        """From the button through the provider and back, as a browser goes; the answer of the last step.

        `bend` changes the address at the provider, as somebody on the way might.
        """
        to_provider = bend(client.post(LOGIN + query).url)
        answer = requests.post(to_provider, data={"sub": subject}, allow_redirects=False, timeout=10)
        return client.get(answer.headers["Location"])


@contextmanager
def speaking_for(council, leave_out=(), **instead):
    """The address of a server that passes on what the council's provider publishes, with other values."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            said = requests.get(council.url + self.path, timeout=10).json() | instead
            self.send_response(200)
            self.end_headers()
            told = {name: value for name, value in said.items() if name not in leave_out}
            self.wfile.write(json.dumps(told).encode())

    with HTTPServer(("localhost", 0), Handler) as server:
        address = f"http://localhost:{server.server_port}"
        instead |= {"jwks_uri": f"{address}/jwks"}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


@contextmanager
def running_council():
    with run_server_in_thread() as server:
        yield Council(f"http://localhost:{server.server_port}")


def offer(settings, url, **environ):
    """Sets the site up for this provider, as the environment would."""
    said = {
        "OIDC_SERVER_URL": url,
        "OIDC_TENANT": TENANT,
        "OIDC_CLIENT_ID": "boards",
        "OIDC_CLIENT_SECRET": "secret",
        "OIDC_NAME": "Teesmere account",
    }
    settings.SINGLE_SIGN_ON = read_single_sign_on(said | environ)
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    opened = directives | {"form-action": ["'self'", *settings.SINGLE_SIGN_ON.origins]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": opened}
