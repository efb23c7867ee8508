"""Writes ../scipy/special_functions.json: distribution tails and quantiles from SciPy, and exact Kolmogorov tails.

Run with Debian's python3-scipy: /usr/bin/python3 test/golden/generate/special_functions.py
"""

import json
import pathlib
import platform
from fractions import Fraction
from math import comb

import numpy
import scipy
from scipy import optimize, special, stats

def birnbaum_tingey(n, x):
    """One-sided Kolmogorov-Smirnov tail in exact rational arithmetic; x is the rational value of the double."""
    x = Fraction(x)
    total = Fraction(0)
    j = 0
    while x + Fraction(j, n) <= 1:
        above = x + Fraction(j, n)
        total += comb(n, j) * above ** (j - 1) * (1 - above) ** (n - j)
        j += 1
    return float(x * total)

def t_quantile(p, d):
    """scipy's stdtrit has nine digits only, so its distribution function is inverted instead."""
    start = float(special.stdtrit(d, p))
    width = 1e-6 * (1 + abs(start))
    return optimize.brentq(lambda t: special.stdtr(d, t) - p, start - width, start + width, xtol=1e-15, rtol=1e-15)

normal = [-40.0, -38.0, -20.0, -8.0, -5.7, -5.6, -3.0, -1.96, -0.7, -0.6, -1e-10, 0.0, 0.3, 0.67, 0.68, 1.0, 3.09, 5.6, 5.7, 10.0, 30.0, 37.0]
probabilities = [1e-300, 1e-100, 1e-20, 1e-12, 1e-6, 0.001, 0.025, 0.07, 0.08, 0.3, 0.5, 0.6, 0.93, 0.975, 0.999, 1 - 1e-12]
chi = [(x, d) for d in (1, 2, 3, 9, 10, 57, 200, 999, 99999) for x in (1e-3, 0.5, 1.0, 5.0, 20.0, 60.0, 150.0, 260.0, 700.0, 1300.0, 100500.0)]
beta = [(a, b, x) for a in (0.5, 1.0, 2.5, 20.0, 300.0, 50000.0) for b in (0.5, 1.0, 7.0, 45.0, 12000.0) for x in (1e-6, 0.01, 0.2, 0.5, 0.8, 0.99)]
students = [(t, d) for d in (1, 2, 3, 5, 10, 30, 400) for t in (-3.0, 0.0, 0.1, 1.0, 2.5, 10.0, 60.0)]
kolmogorov = [0.05, 0.2, 0.3, 0.5, 0.7, 0.81, 0.83, 1.0, 1.36, 2.0, 4.0, 8.0, 15.0, 18.5]
kstwo = [(x, n) for n in (1, 2, 5, 10, 40, 139, 141, 399, 401, 2000, 100000) for x in (0.001, 0.004, 0.01, 0.02, 0.05, 0.1, 0.15, 0.274, 0.4, 0.6, 0.9)]
smirnov = [(x, n) for n in (1, 3, 10, 60, 200) for x in (0.01, 0.1, 0.25, 0.5, 0.75, 0.9)]
cramer = [0.01, 0.02, 0.05, 0.1, 0.2, 0.34730, 0.46136, 0.74346, 1.16786]

cases = {
    "normal_upper_tail": [[z, float(special.ndtr(-z))] for z in normal],
    "normal_quantile": [[p, float(special.ndtri(p))] for p in probabilities],
    "chi_square_upper_tail": [[x, d, float(special.chdtrc(d, x))] for x, d in chi],
    "chi_square_lower_tail": [[x, d, float(special.chdtr(d, x))] for x, d in chi],
    "regularized_beta": [[a, b, x, float(special.betainc(a, b, x))] for a, b, x in beta],
    "student_t_upper_tail": [[t, d, float(special.stdtr(d, -t))] for t, d in students],
    "student_t_quantile": [[p, d, t_quantile(p, d)] for p in (1e-6, 0.025, 0.3, 0.5, 0.6, 0.9, 0.999) for d in (1, 2, 5, 30, 400)],
    "log_gamma": [[x, float(special.gammaln(x))] for x in (1e-9, 0.1, 0.5, 1.0, 1.5, 2.0, 2.001, 5.5, 9.99, 10.0, 171.0, 1e5, 1e15)],
    "kolmogorov_upper_tail": [[x, float(special.kolmogorov(x))] for x in kolmogorov],
    "kolmogorov_exact_upper_tail": [[x, n, float(stats.kstwo.sf(x, n))] for x, n in kstwo],
    "smirnov_upper_tail": [[x, n, birnbaum_tingey(n, x)] for x, n in smirnov],
    "cramer_von_mises_upper_tail": [[x, 1 - float(stats._hypotests._cdf_cvm_inf(x))] for x in cramer],
}
document = {
    "family": "special_functions",
    "versions": {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__},
    "definition": "Arguments first, expected value last. smirnov_upper_tail in exact rational arithmetic; all others from scipy.special and scipy.stats.",
    "tolerance": {"all": "rel 1e-10", "quantiles": "rel 1e-9, abs 1e-14", "kolmogorov_exact_upper_tail": "rel 5e-6 (abs 1e-12): scipy uses a series with five digits from n = 141", "cramer_von_mises_upper_tail": "abs 1e-10", "regularized_beta, chi_square": "rel 1e-9, abs 1e-280"},
    "cases": cases,
}
target = pathlib.Path(__file__).parent.parent / "scipy" / "special_functions.json"
target.write_text(json.dumps(document, indent=1) + "\n")
