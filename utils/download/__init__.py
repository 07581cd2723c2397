"""The course's files: `fetch` returns the path of a verified one, downloading it if necessary."""

from .cache import DownloadError, cache_folder, fetch
from .sources import mirror_files
from .unpacking import ArchiveError, unpack

__all__ = ["ArchiveError", "DownloadError", "cache_folder", "fetch", "mirror_files", "unpack"]
