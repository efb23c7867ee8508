"""Writes ../scipy/joint_drift.json: normal scores, correlations of pairs with their delta-method variance, and PCA reconstruction errors.

Run with Debian's python3-scipy: /usr/bin/python3 test/golden/generate/joint_drift.py
"""

import json
import pathlib
import platform

import numpy
import scipy
from scipy import stats

random = numpy.random.default_rng(20260105)
rows = 60
first = random.normal(size=rows)
columns = [
    first,
    numpy.exp(0.8 * first + 0.6 * random.normal(size=rows)),
    random.standard_t(3, size=rows),
    -first + 0.1 * random.normal(size=rows),
]
window = [random.normal(size=40), random.normal(size=40), random.normal(size=40) * 2, random.normal(size=40)]


def scores(column):
    return stats.norm.ppf((stats.rankdata(column) - 0.5) / len(column))


def pair(x, y):
    # The score of Fisher's z at (x, y) is its influence function: its mean square is n times the sampling variance.
    x = (x - x.mean()) / x.std()
    y = (y - y.mean()) / y.std()
    r = float(numpy.corrcoef(x, y)[0, 1])
    influence = x * y - r * (x * x + y * y) / 2
    return {"correlation": r, "fisher_z": float(numpy.arctanh(r)), "variance": float((influence**2).mean() / (1 - r * r) ** 2)}


def reconstruction(reference, judged, variance):
    reference = numpy.array(reference)
    judged = numpy.array(judged)
    mean, deviation = reference.mean(axis=1, keepdims=True), reference.std(axis=1, keepdims=True)
    values, vectors = numpy.linalg.eigh(numpy.corrcoef(reference))
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = int(numpy.searchsorted(numpy.cumsum(values), variance * values.sum()) + 1)
    standard = (judged - mean) / deviation
    rest = standard - vectors[:, :kept] @ (vectors[:, :kept].T @ standard)
    return numpy.sqrt((rest**2).sum(axis=0))


normal = [scores(column) for column in columns]
pairs = [(i, j) for i in range(4) for j in range(i + 1, 4)]
content = {
    "definition": "normal_scores: norm.ppf((rank - 1/2)/n); pairs: Pearson's r, arctanh r, n times the delta-method variance of arctanh r; reconstruction_error: mean distance of standardised rows from the components that hold 65 % of the reference's variance",
    "tolerance": {"relative": 1e-9},
    "versions": {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__},
    "columns": [column.tolist() for column in columns],
    "window": [column.tolist() for column in window],
    "normal_scores": [column.tolist() for column in normal],
    "pairs": [{"pair": [i, j], **pair(columns[i], columns[j])} for i, j in pairs],
    "pairs_of_scores": [{"pair": [i, j], **pair(normal[i], normal[j])} for i, j in pairs],
    "reconstruction_error": {
        "reference": float(reconstruction(columns, columns, 0.65).mean()),
        "window": float(reconstruction(columns, window, 0.65).mean()),
    },
}
path = pathlib.Path(__file__).parent.parent / "scipy" / "joint_drift.json"
path.write_text(json.dumps(content, indent=1) + "\n")
