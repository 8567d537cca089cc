"""What somebody typed that could not be saved, to be given back to them on the page that says so."""

from plans.models.safety import FILES

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


def sent_fields(request):
    """What was sent, to be kept: each field's values, and the names of files, since no file is kept."""
    names = [file.name for files in request.FILES.lists() for file in files[1]]
    return dict(request.POST.lists()) | ({FILES: names} if names else {})
