"""Writes ../scipy/multiclass_scores.json, residual_quantiles.json and rates_by_tag.json: metrics by their documented definitions.

scikit-learn is not needed: its definitions are written out here over all pairs or rows, without the sums and groups the product uses.
Run with Debian's python3-scipy: /usr/bin/python3 test/golden/generate/performance.py
"""

import json
import pathlib
import platform

import numpy
import scipy
from scipy import stats

random = numpy.random.default_rng(20260611)
Z = float(stats.norm.ppf(0.975))
VERSIONS = {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__}


def write(name, definition, tolerance, cases):
    content = {"definition": definition, "tolerance": tolerance, "versions": VERSIONS, "cases": cases}
    path = pathlib.Path(__file__).parent.parent / "scipy" / f"{name}.json"
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


def ranking(is_class, score):
    positive, negative = score[is_class], score[~is_class]
    if len(positive) == 0 or len(negative) == 0:
        return {"roc_auc": None, "ci_low": None, "ci_high": None, "pr_auc": None}
    # DeLong, DeLong & Clarke-Pearson 1988: the kernel of every pair, its row and column means, their sample variances.
    kernel = numpy.heaviside(positive[:, None] - negative[None, :], 0.5)
    auc = float(kernel.mean())
    low = high = None
    if len(positive) > 1 and len(negative) > 1:
        variance = kernel.mean(axis=1).var(ddof=1) / len(positive) + kernel.mean(axis=0).var(ddof=1) / len(negative)
        if variance > 0:
            low, high = max(0.0, auc - Z * variance**0.5), min(1.0, auc + Z * variance**0.5)
    # sklearn.metrics.average_precision_score: sum over thresholds of (R_n - R_(n-1)) P_n, no interpolation.
    area, recall_before = 0.0, 0.0
    for threshold in sorted(set(score.tolist()), reverse=True):
        flagged = score >= threshold
        hits = float((flagged & is_class).sum())
        recall, precision = hits / is_class.sum(), hits / flagged.sum()
        area += (recall - recall_before) * precision
        recall_before = recall
    return {"roc_auc": auc, "ci_low": low, "ci_high": high, "pr_auc": float(area)}


def multiclass(name, classes, truth, scores):
    truth, scores = numpy.array(truth), numpy.array(scores, dtype=float)
    predicted = scores.argmax(axis=1)
    rows = numpy.arange(len(truth))
    hit = predicted == truth
    confidence = scores[rows, predicted]
    # A score on an inner bin edge would leave its bin to rounding.
    assert numpy.abs(confidence * 15 - numpy.round(confidence * 15))[confidence < 1].min(initial=1) > 1e-9
    curve = []
    for b in range(15):
        inside = (confidence >= b / 15) & ((confidence < (b + 1) / 15) | (b == 14))
        if inside.any():
            wilson = stats.binomtest(int(hit[inside].sum()), int(inside.sum())).proportion_ci(method="wilson")
            curve.append(
                {
                    "bin": b,
                    "n": int(inside.sum()),
                    "mean_predicted": float(confidence[inside].mean()),
                    "observed": float(hit[inside].mean()),
                    "ci_low": float(wilson.low),
                    "ci_high": float(wilson.high),
                }
            )
    per_class = {label: ranking(truth == k, scores[:, k]) for k, label in enumerate(classes)}
    recalls = [float(hit[truth == k].mean()) for k in range(len(classes)) if (truth == k).any()]
    aucs = [one["roc_auc"] for one in per_class.values() if one["roc_auc"] is not None]
    return {
        "id": name,
        "classes": classes,
        "y_true": [classes[k] for k in truth],
        "y_pred": [classes[k] for k in predicted],
        "scores": scores.tolist(),
        "expected": {
            "balanced_accuracy": float(numpy.mean(recalls)),
            "log_loss": float(-numpy.log(scores[rows, truth].clip(1e-15, 1 - 1e-15)).mean()),
            "brier": float(((scores - numpy.eye(len(classes))[truth]) ** 2).sum(axis=1).mean()),
            "ece": float(sum(one["n"] / len(truth) * abs(one["observed"] - one["mean_predicted"]) for one in curve)),
            "reliability": curve,
            "macro_roc_auc": float(numpy.mean(aucs)) if aucs else None,
            "per_class": per_class,
        },
    }


def drawn(rows, classes, sharpness, steps):
    scores = random.dirichlet(numpy.ones(classes) * sharpness, size=rows)
    scores[:, 1:] = (scores[:, 1:] * steps).round() / steps
    scores[:, 0] = 1 - scores[:, 1:].sum(axis=1)
    truth = [int(random.choice(classes, p=0.8 * row / row.sum() + 0.2 / classes)) for row in scores.clip(0)]
    return truth, scores.clip(0)


three, four = ["cat", "dog", "fox"], ["a", "b", "c", "d"]
write(
    "multiclass_scores",
    "As scikit-learn documents them, written out in numpy: balanced_accuracy_score (mean recall of the classes that occur), log_loss (clipped at 1e-15), Brier's "
    "sum over classes (0 to 2), roc_auc_score one-vs-rest (macro over classes that occur) with DeLong's interval (null where its variance is 0 or not defined), "
    "average_precision_score; ece and reliability: of the predicted class's score, 15 bins closed on the left, with Wilson's interval (scipy binomtest).",
    {"all": "abs 1e-10"},
    [
        multiclass("three_classes", three, *drawn(160, 3, 0.7, 10**8)),
        multiclass("four_classes_many_ties", four, *drawn(140, 4, 0.5, 64)),
        multiclass("sharp", three, *drawn(60, 3, 0.15, 10**6)),
        multiclass("perfect", three, [0, 1, 2, 0], [[0.9, 0.04, 0.06], [0.1, 0.85, 0.05], [0.02, 0.08, 0.9], [0.7, 0.2, 0.1]]),
        multiclass("zero_and_one", three, [0, 1, 2], [[1, 0, 0], [1, 0, 0], [0, 0, 1]]),
        multiclass("class_without_rows", three, [0, 1, 0, 1], [[0.71, 0.19, 0.1], [0.28, 0.62, 0.1], [0.21, 0.52, 0.27], [0.12, 0.81, 0.07]]),
    ],
)


def residuals(name, truth, predicted):
    error = numpy.array(predicted) - numpy.array(truth)
    levels = [0.05, 0.25, 0.5, 0.75, 0.95]
    by = {kind: numpy.quantile(error, levels, method=kind) for kind in ["linear", "lower", "higher"]}
    return {
        "id": name,
        "y_true": list(map(float, truth)),
        "y_pred": list(map(float, predicted)),
        "expected": [{"q": q, **{kind: float(values[i]) for kind, values in by.items()}} for i, q in enumerate(levels)],
    }


def noisy(rows, noise):
    truth = random.normal(20, 5, size=rows).round(6)
    return truth, (truth + noise(rows)).round(6)


write(
    "residual_quantiles",
    "numpy.quantile of y_pred - y_true: linear is type 7, which rows in memory give; lower and higher are the two residuals beside it, between which (1 % of their size "
    "either way) a histogram's answer lies.",
    {"linear": "abs 1e-12, rel 1e-9", "between lower and higher": "rel 0.01"},
    [
        residuals("normal", *noisy(151, lambda n: random.normal(0.4, 1, size=n))),
        residuals("skewed", *noisy(90, lambda n: random.exponential(3, size=n))),
        residuals("heavy_tails", *noisy(200, lambda n: random.standard_t(1.5, size=n))),
        residuals("rounded_with_ties", *[x.round() for x in noisy(120, lambda n: random.normal(0, 2, size=n))]),
        residuals("large", *[x * 1e6 for x in noisy(40, lambda n: random.normal(-2, 1, size=n))]),
        residuals("one_row", [3], [2.5]),
    ],
)


def proportion(successes, total):
    if total == 0:
        return None
    interval = stats.binomtest(int(successes), int(total)).proportion_ci(method="wilson")
    return {"value": float(successes / total), "ci_low": float(interval.low), "ci_high": float(interval.high)}


def rates(label, score):
    label, flagged = label == 1, score >= 0.5
    return {
        "n": len(label),
        "positive_rate": proportion(label.sum(), len(label)),
        "predicted_positive_rate": proportion(flagged.sum(), len(label)),
        "accuracy": proportion((label == flagged).sum(), len(label)),
        "precision": proportion((label & flagged).sum(), flagged.sum()),
        "recall": proportion((label & flagged).sum(), label.sum()),
        "mean_score": float(score.mean()),
        **{key: value for key, value in ranking(label, score).items() if key in ["roc_auc", "pr_auc"]},
    }


tag = random.choice(["eu", "us", "apac", ""], size=400, p=[0.45, 0.3, 0.15, 0.1])
score = random.beta(1.2, 1.8, size=400).round(6)
label = (random.random(400) < numpy.where(tag == "us", 1 - score, score)).astype(int)
write(
    "rates_by_tag",
    "Rows of a binary model (predicted positive at score >= 0.5) by the value of a tag; '' is a row without it. Rates with Wilson's interval (scipy binomtest), the mean score, and roc_auc and "
    "pr_auc as in multiclass_scores.",
    {"all": "abs 1e-10"},
    [
        {
            "id": "four_groups",
            "tag": tag.tolist(),
            "y_true": label.tolist(),
            "score": score.tolist(),
            "expected": {value: rates(label[tag == value], score[tag == value]) for value in sorted(set(tag.tolist()))},
        }
    ],
)
