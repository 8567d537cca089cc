"""`python -m improvement.packs.press`: a web page on standard input as a tagged PDF on standard output."""

import os
import sys

from weasyprint import HTML
from weasyprint.urls import URLFetcher


def main() -> None:
    # Whatever a page says, nothing is fetched: neither files of this machine nor addresses elsewhere.
    fetcher = URLFetcher(allowed_protocols={"data"})
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=fetcher)
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))
    sys.stdout.flush()
    # The font library's thread may still run: to tear libraries down beneath it has crashed the process.
    os._exit(0)


if __name__ == "__main__":
    main()
