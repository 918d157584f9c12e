"""Every sample of every filter, and every bin of Welch's spectra, over whole recordings: too much to be stored as text.

/usr/bin/python3 src/test/oracle/oracle_recordings.py ../../../shared/data/biosppy OUT
writes OUT/<name>.f64, 64-bit numbers, most significant byte first. Needs Debian's python3-scipy.
"""
import os
import sys

import numpy as np
from scipy import signal

RATES = {"eeg_ec": 125, "eeg_eo": 125, "ecg": 1000, "eda": 1000, "resp": 1000}

IIRS = {
    "low": lambda fs: signal.butter(4, 0.2 * fs / 2, "low", fs=fs, output="sos"),
    "high": lambda fs: signal.butter(2, 0.5, "high", fs=fs, output="sos"),
    "band": lambda fs: signal.butter(4, [8, 13], "band", fs=fs, output="sos"),
    "stop": lambda fs: signal.butter(2, [48, 52], "bandstop", fs=fs, output="sos"),
    "notch": lambda fs: np.concatenate(signal.iirnotch(50, 30, fs=fs)).reshape(1, 6),
}

FIRS = {
    "low": lambda fs: signal.firwin(101, 40, pass_zero="lowpass", fs=fs, window="hamming"),
    "even": lambda fs: signal.firwin(64, 10, pass_zero="lowpass", fs=fs, window="blackman"),
    "high": lambda fs: signal.firwin(251, 1, pass_zero="highpass", fs=fs, window="hann"),
    "band": lambda fs: signal.firwin(127, [8, 13], pass_zero="bandpass", fs=fs, window=("kaiser", 8.6)),
    "stop": lambda fs: signal.firwin(129, [48, 52], pass_zero="bandstop", fs=fs, window="hamming"),
}

folder, out = sys.argv[1:]


def emit(name, values):
    np.asarray(values, dtype=">f8").tofile(os.path.join(out, name + ".f64"))


for name, fs in RATES.items():
    x = np.loadtxt(os.path.join(folder, name + ".txt"))
    emit("psd_" + name, signal.welch(x, fs, nperseg=4 * fs, noverlap=2 * fs)[1])
    if name in ("eda", "resp"):
        continue
    for kind, design in IIRS.items():
        sos = design(fs)
        emit("iir_%s_%s" % (kind, name), signal.sosfilt(sos, x, zi=signal.sosfilt_zi(sos) * x[0])[0])
        emit("iir_both_%s_%s" % (kind, name), signal.sosfiltfilt(sos, x))
    for kind, design in FIRS.items():
        taps = design(fs)
        emit("fir_%s_%s" % (kind, name), signal.lfilter(taps, 1, x, zi=signal.lfilter_zi(taps, 1) * x[0])[0])
        emit("fir_both_%s_%s" % (kind, name), signal.filtfilt(taps, 1, x))
