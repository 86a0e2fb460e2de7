"""Reading the word lists that stand as TSV files beside the code."""

from importlib.resources import files


def read_table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """Read the rows of `package`'s data file `name`, keyed by its header.

    Lines that start with '#' are comments. Raises ValueError, naming file and line, where a row has another number
    of fields than the header.
    """
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    lines = [
        (number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")
    ]
    header = lines[0][1].split("\t")
    rows = []
    for number, line in lines[1:]:
        fields = line.split("\t")
        if len(fields) != len(header):
            raise ValueError(f"{package}/data/{name}, line {number}: {len(fields)} fields, expected {len(header)}")
        rows.append(dict(zip(header, fields, strict=True)))
    return tuple(rows)


def word_set(package: str, name: str) -> frozenset[str]:
    """The words of one row of `package`'s `word_sets.tsv`. Raises KeyError where it has no such row."""
    return {row["set"]: frozenset(row["words"].split()) for row in read_table(package, "word_sets.tsv")}[name]
