"""Polars, lazy: scan_csv, filter, with_columns, sink_csv, one query a file, WORKERS queries at once on a pool of
WORKERS threads.

usage: polars_query.py SRC OUT WORKERS seed|rewrite text|typed
text: every column is read as text and only "value" is cast, so that texts stay as they are;
typed: columns are inferred, so that every number is parsed and written anew.
"""
import concurrent.futures
import glob
import os
import sys

source, target, workers, job, mode = sys.argv[1:6]
os.environ["POLARS_MAX_THREADS"] = workers
import polars as pl  # noqa: E402  (the thread count is read at import)


def query(path):
    is_text = mode == "text"
    lines = pl.scan_csv(path, infer_schema=not is_text, infer_schema_length=1000)
    names = lines.collect_schema().names()
    lines = lines.rename({name: name.strip().lower().replace(" ", "_") for name in names})
    lines = lines.filter(~pl.all_horizontal(pl.all().is_null()))
    if job == "seed":
        value = pl.col("value").cast(pl.Float64, strict=False) if is_text else pl.col("value")
        lines = lines.filter(value <= 500)
        lines = lines.with_columns((value / (value.max() + 1e-9)).alias("normalized_value"))
    return lines.sink_csv(os.path.join(target, "cleaned_" + os.path.basename(path)), lazy=True)


os.makedirs(target, exist_ok=True)
files = sorted(glob.glob(os.path.join(source, "*.csv")))
with concurrent.futures.ThreadPoolExecutor(min(int(workers), len(files))) as pool:
    list(pool.map(lambda path: query(path).collect(engine="streaming"), files))
