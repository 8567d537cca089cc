"""Headers that every answer has, also one that another part of the site refused before a page was made."""

# Passkeys are left out: the site's own pages may use them.
UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer")
UNUSED += ("microphone", "midi", "payment", "serial", "usb")
HEADERS = {
    # No copy of a page or a file stays on a shared computer or in a proxy; static files say otherwise.
    "Cache-Control": "private, no-store",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Stands before all that may refuse a request; a view's own headers go before these."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
