"""The same statistics with NumPy and SciPy, as fast as their public functions allow; prints JSON. Started by drift-kernel.ts."""

import json
import pathlib
import sys
import time

import numpy as np
from scipy import stats

folder = pathlib.Path(sys.argv[1])
FLOOR = 1e-4


def read(name):
    numeric = [np.fromfile(folder / f"{name}-numeric-{i}.bin") for i in range(20)]
    codes = [np.fromfile(folder / f"{name}-codes-{i}.bin", dtype=np.uint8) for i in range(5)]
    return numeric, codes


def bins_of(column):
    """Decile edges with repeated ones as bins of their own: two edges of searchsorted, one on either side of the value."""
    edges = np.quantile(column, np.arange(1, 10) / 10)
    distinct, counts = np.unique(edges, return_counts=True)
    return distinct, distinct[counts > 1]


def counts_of(column, edges, atoms):
    right = np.searchsorted(edges, column, side="left") + np.searchsorted(atoms, column, side="left")
    if len(atoms):
        right = right + np.isin(column, atoms)
    return np.bincount(right, minlength=len(edges) + len(atoms) + 1)


def psi(p_counts, q_counts):
    p = np.maximum(p_counts / p_counts.sum(), FLOOR)
    q = np.maximum(q_counts / q_counts.sum(), FLOOR)
    return float(np.sum((q - p) * np.log(q / p)))


# What a reference can be prepared with is prepared outside the clock: edges, counts and sorting.
reference, reference_codes = read("reference")
edges = [bins_of(column) for column in reference]
reference_counts = [counts_of(column, *edge) for column, edge in zip(reference, edges)]
reference = [np.sort(column) for column in reference]
code_counts = [np.bincount(column, minlength=8) for column in reference_codes]


def compare(numeric, codes):
    result = {"d": [], "psi": [], "chiSquare": []}
    for column, sorted_reference, edge, counts in zip(numeric, reference, edges, reference_counts):
        result["d"].append(float(stats.ks_2samp(sorted_reference, column, method="asymp").statistic))
        result["psi"].append(psi(counts, counts_of(column, *edge)))
    for column, counts in zip(codes, code_counts):
        table = np.array([counts, np.bincount(column, minlength=8)])
        result["chiSquare"].append(float(stats.chi2_contingency(table, correction=False)[0]))
    return result


answer = {}
for name in sys.argv[2:]:
    numeric, codes = read(name)
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        result = compare(numeric, codes)
        best = min(best, time.perf_counter() - start)
    answer[name] = {**result, "seconds": best}
print(json.dumps(answer))
