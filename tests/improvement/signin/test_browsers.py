"""What a browser says of itself becomes a few plain words."""

import pytest

from improvement.signin.browsers import name_browser

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{WINDOWS} {CHROME}", "Chrome on Windows"),
        (f"{WINDOWS} {CHROME} Edg/130.0.0.0", "Edge on Windows"),
        (f"{WINDOWS} {CHROME} OPR/115.0.0.0", "Opera on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome on a Chromebook"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", "Safari on a Mac"),
        (f"{PHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        (f"{PHONE} CriOS/130.0.0.0 Mobile/15E148 Safari/604.1", "Chrome on an iPhone"),
        (f"{PHONE} FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "Firefox on an iPhone"),
        (f"{PHONE} EdgiOS/130.0 Mobile/15E148 Safari/605.1.15", "Edge on an iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "Safari on an iPad"),
        (f"Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 {CHROME}", "Samsung Internet on Android"),
        (f"{WINDOWS} Something/1.0", "A browser on Windows"),
        ("", "A browser on an unknown device"),
        ("<script>alert(1)</script>", "A browser on an unknown device"),
    ],
)
def test_a_browser_is_named(user_agent, words):
    assert name_browser(user_agent) == words
