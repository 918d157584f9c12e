"""The optimum of the objective of Logistic, found by scipy alone, and figures by definition.

Reads: first line 'C features', then per row: label (0/1) and the features, standardised here. Writes the weights, the
intercept, and the gradient's norm there.
"""
import sys
import numpy as np
from scipy.optimize import minimize

lines = sys.stdin.read().split("\n")
c = float(lines[0])
d = np.array([[float(v) for v in l.split()] for l in lines[1:] if l.strip()])
y = np.where(d[:, 0] > 0, 1.0, -1.0)
x = d[:, 1:]
z = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)


def objective(p):
    m = y * (z @ p[:-1] + p[-1])
    s = 1 / (1 + np.exp(m))
    g = np.append(p[:-1] - c * (z * (y * s)[:, None]).sum(axis=0), -c * (y * s).sum())
    return 0.5 * p[:-1] @ p[:-1] + c * np.logaddexp(0, -m).sum(), g


best = minimize(objective, np.zeros(z.shape[1] + 1), jac=True, method="BFGS", options={"gtol": 1e-11, "maxiter": 10000})
best = minimize(objective, best.x, jac=True, method="L-BFGS-B", options={"ftol": 1e-16, "gtol": 1e-12, "maxiter": 10000})
print(" ".join(repr(float(v)) for v in best.x))
