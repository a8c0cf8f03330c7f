"""pandas: read_csv and to_csv under multiprocessing.Pool, chunksize=2, as the well-known recipe has it.

usage: pandas_pool.py SRC OUT WORKERS seed|rewrite
"""
import functools
import glob
import multiprocessing
import os
import sys

import pandas as pd


def clean_csv(path, target, job):
    frame = pd.read_csv(path)
    frame = frame.dropna(how="all")
    frame.columns = [name.strip().lower().replace(" ", "_") for name in frame.columns]
    if job == "seed":
        frame = frame[frame["value"] <= 500].copy()
        frame["normalized_value"] = frame["value"] / (frame["value"].max() + 1e-9)
    frame.to_csv(os.path.join(target, "cleaned_" + os.path.basename(path)), index=False)


def main():
    source, target, workers, job = sys.argv[1:5]
    os.makedirs(target, exist_ok=True)
    files = sorted(glob.glob(os.path.join(source, "*.csv")))
    clean = functools.partial(clean_csv, target=target, job=job)
    with multiprocessing.Pool(processes=int(workers)) as pool:
        pool.map(clean, files, chunksize=2)


if __name__ == "__main__":
    main()
