"""Connectivity: coherence by scipy, the weighted phase lag index by its definition over pairs of epochs."""
import numpy as np
from scipy import signal

BANDS = ((4, 7), (8, 13), (15, 30), (30, 45))


def run(emit, noise, recording):
    n = 6000
    t = np.arange(n) / 125
    x = noise(n, 21) + np.sin(2 * np.pi * 10 * t)
    y = noise(n, 22) + np.sin(2 * np.pi * 10 * t - 0.7) + 0.3 * x
    measures(emit, "made", x, y)
    closed, opened = recording("eeg_ec"), recording("eeg_eo")
    if closed is not None:
        x, y = mixed(closed, opened, 25000)
        measures(emit, "recording", x, y)


def mixed(x, y, n):
    """Two recordings of one channel each; the second gets a share of the first, three samples later."""
    return x[3:n + 3], y[3:n + 3] + 0.5 * x[:n]


def measures(emit, name, x, y):
    for length, overlap in ((250, 125), (201, 0)):
        f, c = signal.coherence(x, y, 125, nperseg=length, noverlap=overlap)
        emit("coherence_%s_%d" % (name, length), [c[(f >= low) & (f <= high)].mean() for low, high in BANDS])
        w = wpli(x, y, length, overlap)
        emit("wpli_%s_%d" % (name, length), [w[(f >= low) & (f <= high)].mean() for low, high in BANDS])


def wpli(x, y, length, overlap):
    window = signal.get_window("hann", length)
    starts = range(0, len(x) - length + 1, length - overlap)
    imag = []
    for s in starts:
        a, b = x[s:s + length], y[s:s + length]
        imag.append(np.imag(np.conj(np.fft.rfft((a - a.mean()) * window)) * np.fft.rfft((b - b.mean()) * window)))
    imag = np.array(imag)
    over, under = 0, 0
    for j in range(len(imag)):
        for k in range(len(imag)):
            if j != k:
                over = over + imag[j] * imag[k]
                under = under + np.abs(imag[j] * imag[k])
    return np.divide(over, under, out=np.zeros_like(over), where=under != 0)
