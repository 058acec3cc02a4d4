"""The ratio that a classifier gives: its odds that an observation is of x, on parts of the data it did not see."""

from __future__ import annotations

import copy
import inspect
import math
from typing import Any

import numpy as np

from ganmath.divergence.convex import ConvexFunction
from ganmath.divergence.estimators.observations import Points, in_range
from ganmath.divergence.estimators.ratios import bound
from ganmath.divergence.estimators.result import Findings
from ganmath.divergence.parameters import whole_number


def by_classifier(
    f: ConvexFunction,
    x: Points,
    y: Points,
    rng: np.random.Generator,
    bar: Any,
    classifier: Any = None,
    folds: int = 5,
) -> Findings:
    """The bound at the odds of a classifier, fitted to all folds but the one that it is judged on."""
    folds, most = whole_number("folds", folds, 2), min(len(x), len(y))
    if folds > most:
        raise ValueError(f"folds={folds}: give a whole number from 2 to {most}, the observations of the smaller sample")
    prototype = classifier
    if classifier is None:
        prototype = quadratic_logistic()
        x, y = in_range(x, y)  # its squares
    if inspect.isclass(prototype):
        name = prototype.__name__
        raise TypeError(f"classifier is the class {name}; give one of its objects: {name}()")
    for method in ("fit", "predict_proba"):
        if not callable(getattr(prototype, method, None)):
            raise TypeError(
                f"classifier is a {type(prototype).__name__} without {method}(); give one as scikit-learn has them: "
                "HistGradientBoostingClassifier()"
            )
    fold_of_x, fold_of_y = (rng.permutation(len(points)) % folds for points in (x, y))
    at_x, at_y = np.empty(len(x)), np.empty(len(y))
    for fold in bar(range(folds)):
        seen_x, seen_y = x[fold_of_x != fold], y[fold_of_y != fold]
        fitted = copy.deepcopy(prototype)
        fitted.fit(np.concatenate([seen_x, seen_y]), np.repeat([1, 0], [len(seen_x), len(seen_y)]))
        balance = math.log(len(seen_x) / len(seen_y))
        for points, fold_of, at in ((x, fold_of_x, at_x), (y, fold_of_y, at_y)):
            at[fold_of == fold] = _log_odds(fitted, points[fold_of == fold]) - balance
    name = "logistic regression on squares" if classifier is None else type(prototype).__name__
    return bound(f, at_x, at_y, f"{name}, {folds} folds; a lower bound")


def quadratic_logistic() -> Any:
    """Logistic regression on the coordinates, their squares and products: exact for two Gaussians.

    Raises ImportError without scikit-learn, the extra ``gan``.
    """
    try:
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import PolynomialFeatures, StandardScaler
    except ImportError:
        raise ImportError(
            "the built-in classifier is scikit-learn's, of the extra `gan`: pip install scikit-learn; or give your own "
            "with fit and predict_proba: classifier=..."
        ) from None
    features = PolynomialFeatures(2, include_bias=False)
    return make_pipeline(StandardScaler(), features, StandardScaler(), LogisticRegression(C=1e4, max_iter=1000))


def _log_odds(fitted: Any, points: Points) -> np.ndarray:
    """The logarithm of the odds that the points are of x."""
    probabilities = np.asarray(fitted.predict_proba(points), dtype=np.float64)
    if probabilities.shape != (len(points), 2) or not (abs(probabilities.sum(axis=1) - 1) < 1e-3).all():
        raise ValueError(
            f"classifier.predict_proba gave an array of shape {probabilities.shape}; it must give the probabilities "
            f"of y and of x, two that sum to 1 for each of {len(points)} points"
        )
    with np.errstate(divide="ignore"):
        return np.log(probabilities[:, 1]) - np.log(probabilities[:, 0])
