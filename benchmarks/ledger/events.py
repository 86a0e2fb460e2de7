"""stub"""
from pathlib import Path


def run(_data: Path) -> None:
    """stub"""
