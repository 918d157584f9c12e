"""References by MNE, bad channels by PREP's formulas in numpy, common spatial patterns by scipy.linalg.eigh."""
import numpy as np
from scipy import linalg

try:
    import mne
except ImportError:  # the stored values remain
    mne = None

NEIGHBOURS = ((1, 2), (0, 2, 3), (0, 1, 4), (1, 5), (2, 5), (3, 4))


def run(emit, noise, recording):
    made = np.array([noise(2000, 61 + c) for c in range(6)])
    everything(emit, "made", made, 125)
    eeg = recording("eeg_ec")
    if eeg is not None:
        everything(emit, "recording", pieces(eeg), 125)


def pieces(eeg):
    """Six channels from one: pieces of it at other times, each with a share of the first."""
    return np.array([eeg[5000 * c:5000 * c + 4000] + 0.5 * eeg[:4000] for c in range(6)])


def everything(emit, name, x, fs):
    references(emit, name, x, fs)
    patterns(emit, name, x)
    bad(emit, name, spoilt(x), fs)


def references(emit, name, x, fs):
    if mne is not None:
        raw = mne.io.RawArray(x, mne.create_info(6, fs, "eeg", verbose=False), verbose=False)
        average, _ = mne.set_eeg_reference(raw, "average", copy=True, verbose=False)
        emit("reference_average_" + name, average.get_data()[:, ::100].ravel())
        linked, _ = mne.set_eeg_reference(raw, ["4", "5"], copy=True, verbose=False)
        emit("reference_linked_" + name, linked.get_data()[:, ::100].ravel())
    matrix = np.eye(6)
    for c, near in enumerate(NEIGHBOURS):
        matrix[c, list(near)] = -1 / len(near)
    emit("reference_laplacian_" + name, (matrix @ x)[:, ::100].ravel())


def patterns(emit, name, x):
    """The first and the second half as conditions, in epochs of 200 samples."""
    epochs = [x[:, s:s + 200] for s in range(0, x.shape[1] - 199, 200)]
    half = len(epochs) // 2
    a, b = covariance(epochs[:half]), covariance(epochs[half:])
    values, vectors = linalg.eigh(a, a + b)
    values, vectors = values[::-1], vectors[:, ::-1].T
    vectors = np.array([v * np.sign(v[np.argmax(np.abs(v))]) for v in vectors])
    emit("csp_shares_" + name, values)
    emit("csp_filters_" + name, vectors.ravel())
    emit("csp_patterns_" + name, np.linalg.inv(vectors).T.ravel())
    e = epochs[3] - epochs[3].mean(axis=1, keepdims=True)
    power = np.sum((vectors[[0, 1, 4, 5]] @ e) ** 2, axis=1)
    emit("csp_features_" + name, np.log(power / power.sum()))


def covariance(epochs):
    total = 0
    for e in epochs:
        e = e - e.mean(axis=1, keepdims=True)
        c = e @ e.T
        total = total + c / np.trace(c)
    return total / len(epochs)


def spoilt(x):
    """Eight channels that share a source; 2 is flat, 5 much too strong, 7 unrelated."""
    common = x[0]
    out = np.array([common * (1 + 0.1 * c) + 0.4 * x[c % 6] for c in range(8)])
    out[2] = 3
    out[5] *= 20
    out[7] = x[4] - 0.9 * x[5]
    return out


def bad(emit, name, x, fs):
    def robust(v, axis=None):
        return 0.7413 * (np.quantile(v, 0.75, axis=axis) - np.quantile(v, 0.25, axis=axis))
    keep = np.flatnonzero(np.minimum(robust(x, 1), x.std(axis=1, ddof=1)) > 1e-10)
    deviation = robust(x[keep], 1)
    z = (deviation - np.median(deviation)) / robust(deviation)
    windows = x.shape[1] // fs
    share = np.zeros(len(keep))
    for w in range(windows):
        r = np.abs(np.corrcoef(x[keep, w * fs:(w + 1) * fs]))
        for i in range(len(keep)):
            share[i] += np.quantile(np.delete(r[i], i), 0.98) < 0.4
    share /= windows
    found = [(c, 0, min(robust(x[c]), x[c].std(ddof=1))) for c in range(len(x)) if c not in keep]
    found += [(c, 2, z[i]) for i, c in enumerate(keep) if abs(z[i]) > 5]
    found += [(c, 3, share[i]) for i, c in enumerate(keep) if share[i] > 0.01]
    emit("bad_" + name, np.array(sorted(found)).ravel())
