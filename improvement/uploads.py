"""Uploads for which the disk has no room: the file is dropped, the words sent beside it are not."""

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest


class RoomyFileHandler(TemporaryFileUploadHandler):
    """Puts large files on the disk; one that cannot be written is left out and remembered."""

    had_no_room = False

    def new_file(self, *args, **kwargs):
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._leave_out(error)

    def receive_data_chunk(self, raw_data, start):
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._leave_out(error)

    def file_complete(self, file_size):
        try:
            return super().file_complete(file_size)
        except OSError:
            self.had_no_room = True

    def _leave_out(self, error):
        self.had_no_room = True
        raise SkipFile from error


def had_no_room(request: HttpRequest) -> bool:
    """Whether a file of the request was left out for want of room. Reads the request's form."""
    return request.method == "POST" and any(
        getattr(handler, "had_no_room", False) for handler in _handlers_after_reading(request)
    )


def _handlers_after_reading(request: HttpRequest) -> list:
    _ = request.POST
    return request.upload_handlers
