"""A library out to files, a file for each table, and from such files into a new library."""

from retold.library.transfer.exporting import export_tables
from retold.library.transfer.importing import import_library
from retold.library.transfer.manifest import Form, Manifest

__all__ = ["Form", "Manifest", "export_tables", "import_library"]
