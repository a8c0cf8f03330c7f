"""DuckDB: COPY (SELECT ... FROM read_csv) TO, columns read as text so that texts stay as they are. Several files: one
connection a thread, one file at a time, since the small work of one file does not fill DuckDB's own threads. A single
file: one connection with WORKERS threads.

usage: duckdb_copy.py SRC OUT WORKERS seed|rewrite
"""
import concurrent.futures
import csv
import glob
import os
import sys
import threading

import duckdb

source, target, workers, job = sys.argv[1:5]
os.makedirs(target, exist_ok=True)
files = sorted(glob.glob(os.path.join(source, "*.csv")))
connections = min(int(workers), len(files))
local = threading.local()


def connection():
    if not hasattr(local, "connection"):
        local.connection = duckdb.connect()
        local.connection.execute(f"SET threads={int(workers) // connections}")
        local.connection.execute("SET enable_progress_bar=false")
    return local.connection


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def clean(path):
    con = connection()
    with open(path, newline="", encoding="utf-8") as file:
        header = next(csv.reader(file))
    names = [name.strip().lower().replace(" ", "_") for name in header]
    columns = "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names) + "}"
    read = (
        f"read_csv({literal(path)}, header=true, quote='\"', escape='\"', delim=',', "
        f"auto_detect=false, columns={columns})"
    )
    wanted = ", ".join(map(quoted, names))
    not_blank = f"NOT ({' AND '.join(f'{quoted(name)} IS NULL' for name in names)})"
    query = f"SELECT {wanted} FROM {read} WHERE {not_blank}"
    if job == "seed":
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE kept AS SELECT *, TRY_CAST(value AS DOUBLE) AS _value "
            f"FROM {read} WHERE {not_blank} AND TRY_CAST(value AS DOUBLE) <= 500"
        )
        (largest,) = con.execute("SELECT max(_value) FROM kept").fetchone()
        divisor = (largest or 0) + 1e-9
        query = f"SELECT {wanted}, _value / {divisor!r}::DOUBLE AS normalized_value FROM kept"
    to = literal(os.path.join(target, "cleaned_" + os.path.basename(path)))
    con.execute(f"COPY ({query}) TO {to} (HEADER, DELIMITER ',')")


with concurrent.futures.ThreadPoolExecutor(connections) as pool:
    list(pool.map(clean, files))
