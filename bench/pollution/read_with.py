"""Reads CSV files with one Python tool, as its documentation has it for files one knows nothing of.

usage: read_with.py sniffer|duckdb|duckdb-lenient|pandas FOLDER, names of files on standard input, one a line

Prints a line of JSON a file: {"name", "names": [..] or null, "rows": [[..]], "error", "isHung"}.
"""
import csv
import functools
import json
import os
import signal
import sys
import threading

LONGEST_SECONDS = 5
SNIFFED_CHARACTERS = 1 << 16


class TooLong(Exception):
    pass


def on_alarm(*_):
    raise TooLong


def read_text(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read_sniffer(path):
    text = read_text(path)
    sample = text[:SNIFFED_CHARACTERS]
    sniffer = csv.Sniffer()
    dialect = sniffer.sniff(sample)
    rows = [row for row in csv.reader(text.splitlines(keepends=True), dialect) if row]
    has_header = sniffer.has_header(sample)
    return (rows[0], rows[1:]) if has_header and rows else (None, rows)


def read_pandas(path):
    import pandas

    frame = pandas.read_csv(
        path,
        sep=None,
        engine="python",
        dtype=str,
        keep_default_na=False,
        index_col=False,
        on_bad_lines="skip",
    )
    # Short rows leave NaN behind, whatever keep_default_na says.
    rows = frame.fillna("").values.tolist()
    return [str(name) for name in frame.columns], rows


@functools.cache
def connect_duckdb():
    import duckdb

    return duckdb.connect(config={"threads": 1})


def read_duckdb(path):
    """As it is; it skips preambles so. A file that it refuses is read again, leniently."""
    import duckdb

    try:
        return query_duckdb(path, "")
    except duckdb.Error:
        return read_duckdb_leniently(path)


def read_duckdb_leniently(path):
    """Without the lines that it cannot read; it takes preambles for headers so."""
    return query_duckdb(path, ", ignore_errors=true")


def query_duckdb(path, options):
    import duckdb

    connection = connect_duckdb()
    timer = threading.Timer(LONGEST_SECONDS, connection.interrupt)
    timer.start()
    try:
        query = f"SELECT * FROM read_csv(?, auto_detect=true, all_varchar=true{options})"
        found = connection.execute(query, [path])
        names = [column[0] for column in found.description]
        rows = [["" if cell is None else cell for cell in row] for row in found.fetchall()]
    except duckdb.InterruptException as error:
        raise TooLong from error
    finally:
        timer.cancel()
    has_names = names != [f"column{i:0{len(str(len(names) - 1))}d}" for i in range(len(names))]
    return (names if has_names else None), rows


READERS = {
    "sniffer": read_sniffer,
    "duckdb": read_duckdb,
    "duckdb-lenient": read_duckdb_leniently,
    "pandas": read_pandas,
}


def read_one(read, path):
    # DuckDB is interrupted by its own timer.
    signal.alarm(3 * LONGEST_SECONDS if "duckdb" in read.__name__ else LONGEST_SECONDS)
    try:
        names, rows = read(path)
        return {"names": names, "rows": rows, "error": None, "isHung": False}
    except TooLong:
        return {"names": None, "rows": [], "error": "took too long", "isHung": True}
    except Exception as error:  # Whatever a tool says about a file is its answer.
        first_line = (str(error) or type(error).__name__).splitlines()[0]
        return {"names": None, "rows": [], "error": first_line[:200], "isHung": False}
    finally:
        signal.alarm(0)


def main():
    tool, folder = sys.argv[1:3]
    read = READERS[tool]
    signal.signal(signal.SIGALRM, on_alarm)
    for line in sys.stdin:
        name = line.strip()
        result = read_one(read, os.path.join(folder, name + ".csv"))
        # Bytes that are no text come out as lone surrogates: ASCII escapes carry them.
        print(json.dumps({"name": name, **result}))


if __name__ == "__main__":
    main()
