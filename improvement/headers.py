"""Headers that every answer has, also one that another part of the site refused before a page was made."""

from django.http import HttpResponseNotAllowed

# Passkeys are left out: the site's own pages may use them.
UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer")
UNUSED += ("microphone", "midi", "payment", "serial", "usb")
# TRACE would give a request back with its cookies, and Django's own pages take any method for GET.
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
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
        known = request.method in METHODS
        response = self.get_response(request) if known else HttpResponseNotAllowed(METHODS)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
