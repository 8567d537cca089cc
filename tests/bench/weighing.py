"""What a browser fetches for one page: bytes and requests."""

import gzip
import re
from http.client import HTTPConnection

from tests.bench.serving import Server

# What a dashboard may weigh: 12 areas and 8 measures, HTML as it is, the rest as it is sent.
BUDGET = {"html": 100_000, "css": 12_000, "js": 5_000}


def weigh(server: Server, url: str, session: str) -> dict[str, int]:
    """Bytes of HTML before compression and after, of the rest as a browser gets it, and how many requests."""
    page = _fetch(server, url, {"Cookie": f"{server.cookie}={session}"})
    addresses = sorted(set(re.findall(rb'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', page)))
    weight = {"html": len(page), "html.gz": len(gzip.compress(page, 6)), "css": 0, "js": 0, "svg": 0}
    weight |= {"requests": 1 + len(addresses), "elsewhere": 0}
    for address in (each.decode() for each in addresses):
        if address.startswith("/"):
            weight[address.rpartition(".")[2]] += len(_fetch(server, address, {"Accept-Encoding": "br"}))
        else:
            weight["elsewhere"] += 1
    return weight


def _fetch(server: Server, address: str, headers: dict[str, str]) -> bytes:
    connected = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connected.request("GET", address, headers={"X-Forwarded-Proto": "https"} | headers)
    response = connected.getresponse()
    if response.status != 200:
        raise RuntimeError(f"{address} answered {response.status}")
    return response.read()
