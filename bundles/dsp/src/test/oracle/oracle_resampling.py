"""Resampling by whole ratios, and envelopes of what was filtered before."""
import numpy as np
from scipy import signal

RATIOS = ((1, 2), (1, 8), (2, 1), (3, 2), (250, 512), (5, 7))


def run(emit, noise, recording):
    x = noise(1000, 51)
    for up, down in RATIOS:
        y = signal.resample_poly(x, up, down)
        emit("resample_length_%d_%d" % (up, down), len(y))
        emit("resample_%d_%d" % (up, down), np.concatenate((y[:40], y[40:-40:25], y[-40:])))
    for name in ("eeg_ec", "eeg_eo"):
        eeg = recording(name)
        if eeg is not None:
            emit("resample_" + name, signal.resample_poly(eeg, 4, 5)[::125])
            sos = signal.butter(4, [8, 13], "band", fs=125, output="sos")
            emit("envelope_" + name, np.abs(signal.hilbert(signal.sosfiltfilt(sos, eeg)))[::125])
    eda = recording("eda")
    if eda is not None:
        emit("resample_eda", signal.resample_poly(eda, 1, 40)[::10])
