"""Where a large body waits while it arrives: in a file without a name, which a killed process cannot leave behind.

What comes in holds notes and names of clients, and nothing of it is sealed yet. Files of notes stay in memory
(``FILE_UPLOAD_MAX_MEMORY_SIZE``); this is for imports, which are larger.
"""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessUploads(FileUploadHandler):
    """Named by ``FILE_UPLOAD_HANDLERS``, behind the one that keeps small bodies in memory."""

    file: UploadedFile

    def new_file(self, *described: Any, **more: Any) -> None:
        super().new_file(*described, **more)
        # freed by the kernel with the last process that has it open
        content = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the request
        self.file = UploadedFile(content, self.file_name, self.content_type, 0, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
