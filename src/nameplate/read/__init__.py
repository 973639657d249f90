"""Bytes to documents: text, HTML, PDF, JSON Lines of documents, and folders of any of these."""

from nameplate.read.document import read_bytes
from nameplate.read.lines import read_lines
from nameplate.read.paths import read_paths
from nameplate.read.record import Limits, Read
from nameplate.read.regions import mark_regions

__all__ = ["Limits", "Read", "mark_regions", "read_bytes", "read_lines", "read_paths"]
