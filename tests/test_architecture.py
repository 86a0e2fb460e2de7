"""The rooms import only from the rooms before them; nothing imports the outputs."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "retold"
WEB = SOURCE / "reading" / "web"
COMMANDS, LIBRARY = SOURCE / "cli", SOURCE / "library"
ROOMS = ["article", "language", "reading", "statements", "collation", "lineage", "stories", "ledger"]
# Reading comes first in an article's journey, but needs the language room for dates; language needs no room.


def imports_of(path: Path) -> set[str]:
    """The rooms (first-level modules of retold) that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("retold.")}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_before_it(room: str) -> None:
    files = [SOURCE / f"{room}.py"] if (SOURCE / f"{room}.py").exists() else list((SOURCE / room).rglob("*.py"))
    allowed = set(ROOMS[: ROOMS.index(room) + 1])
    for path in files:
        assert imports_of(path) <= allowed, path


def test_only_the_commands_and_the_library_import_the_pipeline_and_nothing_imports_the_commands() -> None:
    for path in SOURCE.rglob("*.py"):
        if path != SOURCE / "__init__.py" and not {COMMANDS, LIBRARY} & set(path.parents):
            assert "pipeline" not in imports_of(path), path
        if path != SOURCE / "__main__.py" and COMMANDS not in path.parents:
            assert "cli" not in imports_of(path), path


def test_commands_import_what_they_need_when_they_run() -> None:
    """`retold --help` waits for no network to be loaded. Tables are drawn by commands that run."""
    for path in COMMANDS.rglob("*.py"):
        if path.name.endswith("_tables.py"):
            continue
        at_once = {node.module for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)}
        rooms = {module for module in at_once if module and module.startswith("retold.")}
        assert all(module.startswith("retold.cli") for module in rooms), path


def test_only_the_commands_import_the_exports() -> None:
    for path in SOURCE.rglob("*.py"):
        if path.parent.name != "exports" and path != SOURCE / "__init__.py" and COMMANDS not in path.parents:
            assert "exports" not in imports_of(path), path


def modules_of(path: Path) -> set[str]:
    """The modules that a file imports, by their whole names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        found |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
        found |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
    return found


def test_no_torch_is_imported_and_only_the_web_has_a_network_library() -> None:
    network = {"requests", "httpx", "httpx2", "httpcore2", "http.client", "urllib.request", "urllib3", "socket"}
    for path in SOURCE.rglob("*.py"):
        forbidden = {"torch"} if WEB in path.parents else {"torch"} | network
        assert not modules_of(path) & forbidden, path


def test_the_web_is_imported_where_an_address_is_named_and_by_no_other_module() -> None:
    """Law 5: who names no address loads nothing that could connect."""
    for path in SOURCE.rglob("*.py"):
        if WEB not in path.parents:
            tree = ast.parse(path.read_text("utf-8"))
            at_once = {node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module}
            assert not any(module.startswith("retold.reading.web") for module in at_once), path
