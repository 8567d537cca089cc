"""What somebody typed that could not be saved, to be given back to them on the page that says so."""

# Of a form: what proves who sends it, and no word that anybody wrote.
PROOFS = frozenset({"csrfmiddlewaretoken", "token", "who", "kept"})


def sent_with(request):
    """The fields of a form that the site keeps safe, such as an update's, and the words among them."""
    # What could not be read before cannot be read now; asking again would fail again.
    if request.method != "POST" or not hasattr(request, "_post") or "who" not in request.POST:
        return {}
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    words = [value for name, value in fields if name not in PROOFS and len(value.split()) > 1]
    return {"fields": fields, "words": words, "has_files": bool(request.FILES)}
