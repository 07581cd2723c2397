"""Files of the course: `fetch` gives a verified one, downloading it where it isn't here yet."""

from .cache import DownloadError, cache_folder, fetch
from .sources import mirror_files
from .unpacking import ArchiveError, unpack

__all__ = ["ArchiveError", "DownloadError", "cache_folder", "fetch", "mirror_files", "unpack"]
