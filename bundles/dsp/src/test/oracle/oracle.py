"""Reference values for org.anodyne.dsp from scipy and numpy.

Regenerate the stored values, from this module's folder:
  /usr/bin/python3 src/test/oracle/oracle.py ../../../shared/data/biosppy > src/test/resources/org/anodyne/dsp/expected.csv
Needs Debian's python3-scipy. Without an argument only the made-up signals are evaluated. One line per result: name,value,value,...
"""
import os
import sys

import numpy as np
import scipy
from scipy import integrate, signal

import oracle_connectivity
import oracle_design
import oracle_physio
import oracle_resampling
import oracle_spatial
import oracle_spectra


def emit(name, values):
    print(name + "," + ",".join(repr(float(v)) for v in np.atleast_1d(values)))


def noise(n, seed):
    """The same generator as in the Java test: 31-bit linear congruence, scaled to -0.5 .. 0.5."""
    out = np.empty(n)
    s = seed
    for i in range(n):
        s = (s * 1103515245 + 12345) % 2147483648
        out[i] = s / 2147483648 - 0.5
    return out


def made_eeg():
    t = np.arange(5000) / 125
    return 3 + noise(5000, 1) + 2 * np.sin(2 * np.pi * 10.1 * t)


def made_eda():
    """150 s at 100 Hz: falling level, five bumps, noise."""
    t = np.arange(15000) / 100
    x = 5 - 0.004 * t + 0.002 * noise(15000, 7)
    for onset, height in ((12, 0.4), (30, 0.05), (52, 0.8), (56, 0.3), (110, 0.015)):
        u = np.maximum(t - onset, 0)
        x = x + 4 * height * (np.exp(-u / 4) - np.exp(-u / 0.75)) * (u > 0)
    return x


def simpson_cartwright(y, h):
    """What scipy 1.11 and newer do for equal steps, from the formula in their documentation."""
    if len(y) == 2:
        return h / 2 * (y[0] + y[1])
    if len(y) % 2 == 1:
        return integrate.simpson(y, dx=h)
    return integrate.simpson(y[:-1], dx=h) + h * (5 / 12 * y[-1] + 2 / 3 * y[-2] - 1 / 12 * y[-3])


def band(f, p, low, high):
    keep = (f >= low) & (f <= high)
    return p[keep], f[1] - f[0]


def spectra():
    x = made_eeg()
    for segment, overlap in ((500, 250), (256, 128), (101, 50), (64, 0), (600, 540)):
        f, p = signal.welch(x, 125, nperseg=segment, noverlap=overlap)
        emit("welch_%d_%d" % (segment, overlap), p)
    f, p = signal.welch(x[-300:], 125, nperseg=300, noverlap=0)
    emit("sliding_300", p)
    f, p = signal.welch(x, 125, nperseg=500, noverlap=250)
    for name, low, high in (("odd", 8, 13), ("even", 8, 12.75), ("four", 8, 8.75), ("two", 8, 8.25)):
        y, h = band(f, p, low, high)
        emit("simpson_" + name, simpson_cartwright(y, h))
        emit("trapezoid_" + name, np.trapz(y, dx=h) if hasattr(np, "trapz") else np.trapezoid(y, dx=h))
        release = tuple(int(v) for v in scipy.__version__.split(".")[:2])
        if release < (1, 11) and len(y) > 2:
            emit("simpson_average_" + name, integrate.simpson(y, dx=h, even="avg"))
        if release >= (1, 11):
            emit("simpson_" + name + "_of_this_scipy", integrate.simpson(y, dx=h))


FILTERS = (
    ("low4", dict(N=4, Wn=5, btype="low", fs=1000)),
    ("low3", dict(N=3, Wn=40, btype="low", fs=125)),
    ("low1", dict(N=1, Wn=1, btype="low", fs=25)),
    ("high2", dict(N=2, Wn=0.05, btype="high", fs=25)),
    ("high5", dict(N=5, Wn=1, btype="high", fs=250)),
    ("band4", dict(N=4, Wn=[8, 13], btype="band", fs=250)),
    ("band3", dict(N=3, Wn=[1, 40], btype="band", fs=125)),
    ("band2wide", dict(N=2, Wn=[0.5, 100], btype="band", fs=250)),
    ("stop2", dict(N=2, Wn=[48, 52], btype="bandstop", fs=250)),
    ("stop3", dict(N=3, Wn=[45, 55], btype="bandstop", fs=250)),
)


def filters():
    x = 100 + 50 * noise(3000, 3)
    for name, design in FILTERS:
        run(name, signal.butter(output="sos", **design), x)
    b, a = signal.iirnotch(50, 30, fs=250)
    run("notch", np.concatenate((b, a)).reshape(1, 6), x)


def run(name, sos, x):
    emit("sos_" + name, sos.ravel())
    emit("filter_" + name, signal.sosfilt(sos, x)[::30])
    settled, _ = signal.sosfilt(sos, x, zi=signal.sosfilt_zi(sos) * x[0])
    emit("settled_" + name, settled[::30])


def statistics():
    x = 1e6 + noise(1000, 5)
    emit("mean", np.mean(x))
    emit("sd", np.std(x, ddof=1))
    emit("z", (1e6 + 1 - np.mean(x)) / np.std(x, ddof=1))
    t = np.arange(201) / 100
    y = (1 + 0.5 * np.sin(2 * np.pi * t)) * np.sin(2 * np.pi * 12 * t)
    emit("envelope_200", np.abs(signal.hilbert(y[:200])))
    emit("envelope_201", np.abs(signal.hilbert(y)))


def eda(name, x, fs, decimation, threshold):
    """Whole-signal counterpart of the streaming detector: scipy's filters and scipy's peak prominence."""
    low = signal.butter(4, 5, fs=fs, output="sos")
    smooth = signal.sosfilt(low, x, zi=signal.sosfilt_zi(low) * x[0])[0][::decimation]
    rate = fs / decimation
    high = signal.butter(2, 0.05, "high", fs=rate, output="sos")
    phasic = signal.sosfilt(high, smooth, zi=signal.sosfilt_zi(high) * smooth[0])[0]
    tonic = smooth - phasic
    peaks, _ = signal.find_peaks(phasic, prominence=threshold / 2)
    found, last_peak, last_response = [], 0, -np.inf
    for p in peaks:
        start = max(p - int(round(5 * rate)), last_peak)
        piece = smooth[start:p + 1]
        onset = start + len(piece) - 1 - np.argmin(piece[::-1])
        last_peak = p
        amplitude, rise = phasic[p] - phasic[onset], smooth[p] - smooth[onset]
        slow_enough = (p - onset) / rate >= 0.5
        if min(amplitude, rise) >= threshold and slow_enough and (p - last_response) / rate >= 1:
            found.append((onset / rate, p / rate, amplitude, rise, tonic[p]))
            last_response = p
    emit("scr_" + name, np.array(found).ravel())
    emit("tonic_" + name, tonic[::int(rate)])


def recordings(folder):
    for name in ("eeg_ec", "eeg_eo"):
        x = np.loadtxt(os.path.join(folder, name + ".txt"))
        f, p = signal.welch(x, 125, nperseg=500, noverlap=250)
        emit("psd_" + name, p)
        alpha = integrate.simpson(*reversed_args(band(f, p, 8, 13)))
        whole = integrate.simpson(*reversed_args(band(f, p, 1, 45)))
        keep = np.flatnonzero((f >= 7) & (f <= 13))
        peaks = [k for k in signal.find_peaks(p)[0] if k in keep]
        best = max(peaks, key=lambda k: p[k])
        emit("alpha_" + name, [alpha, alpha / whole, f[best], p[best]])
    x = np.loadtxt(os.path.join(folder, "eda.txt"))
    eda("recording", x, 1000, 40, 10)


def recording(name):
    """A recording of the folder given as argument; None without one."""
    if len(sys.argv) < 2 or not os.path.isdir(sys.argv[1]):
        return None
    return np.loadtxt(os.path.join(sys.argv[1], name + ".txt"))


def reversed_args(y_and_step):
    """integrate.simpson(y, x, ...): x as a grid, since dx is not the second parameter."""
    y, h = y_and_step
    return y, np.arange(len(y)) * h


def main():
    print("# scipy " + scipy.__version__ + ", numpy " + np.__version__)
    spectra()
    filters()
    oracle_design.run(emit, noise, recording)
    oracle_connectivity.run(emit, noise, recording)
    oracle_physio.run(emit, noise, recording)
    oracle_spectra.run(emit, made_eeg(), recording)
    oracle_resampling.run(emit, noise, recording)
    oracle_spatial.run(emit, noise, recording)
    statistics()
    eda("made", made_eda(), 100, 4, 0.01)
    if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]):
        recordings(sys.argv[1])


if __name__ == "__main__":
    main()
