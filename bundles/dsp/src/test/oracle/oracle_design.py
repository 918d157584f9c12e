"""Filters: finite responses, filtering both ways, group delay."""
import numpy as np
from scipy import signal

WINDOWS = (("hamming", "hamming"), ("hann", "hann"), ("blackman", "blackman"), ("boxcar", "boxcar"),
           ("kaiser", ("kaiser", 6.5)))

FIRS = (
    ("low", dict(numtaps=101, cutoff=40, pass_zero="lowpass", fs=250, window="hamming")),
    ("low_even", dict(numtaps=64, cutoff=10, pass_zero="lowpass", fs=250, window="blackman")),
    ("high", dict(numtaps=251, cutoff=1, pass_zero="highpass", fs=250, window="hann")),
    ("band", dict(numtaps=127, cutoff=[8, 13], pass_zero="bandpass", fs=125, window=("kaiser", 8.6))),
    ("stop", dict(numtaps=129, cutoff=[48, 52], pass_zero="bandstop", fs=250, window="hamming")),
)

IIRS = (
    ("low4", dict(N=4, Wn=5, btype="low", fs=1000)),
    ("low3", dict(N=3, Wn=40, btype="low", fs=125)),
    ("high5", dict(N=5, Wn=1, btype="high", fs=250)),
    ("band4", dict(N=4, Wn=[8, 13], btype="band", fs=250)),
    ("stop2", dict(N=2, Wn=[48, 52], btype="bandstop", fs=250)),
)

FREQUENCIES = np.array((0, 2, 4, 9.7, 11, 20, 37, 60))


def run(emit, noise, recording):
    for name, window in WINDOWS:
        for n in (1, 2, 51, 64):
            emit("window_symmetric_%s_%d" % (name, n), signal.get_window(window, n, fftbins=False))
            emit("window_periodic_%s_%d" % (name, n), signal.get_window(window, n, fftbins=True))
    x = 100 + 50 * noise(3000, 3)
    for name, design in FIRS:
        taps = signal.firwin(**design)
        emit("fir_" + name, taps)
        emit("fir_filter_" + name, signal.lfilter(taps, 1, x)[::30])
        emit("fir_settled_" + name, signal.lfilter(taps, 1, x, zi=signal.lfilter_zi(taps, 1) * x[0])[0][::30])
        emit("fir_zero_phase_" + name, signal.filtfilt(taps, 1, x)[::30])
        emit("fir_delay_" + name, delay([taps], [[1.0]], design["fs"]))
    for name, design in IIRS:
        sos = signal.butter(output="sos", **design)
        emit("zero_phase_" + name, signal.sosfiltfilt(sos, x)[::30])
        emit("delay_" + name, delay(sos[:, :3], sos[:, 3:], design["fs"]))
    b, a = signal.iirnotch(50, 30, fs=250)
    emit("zero_phase_notch", signal.sosfiltfilt(np.concatenate((b, a)).reshape(1, 6), x)[::30])
    emit("delay_notch", delay([b], [a], 250))
    for name in ("eeg_ec", "eeg_eo"):
        eeg = recording(name)
        if eeg is None:
            continue
        sos = signal.butter(4, [8, 13], "band", fs=125, output="sos")
        emit("zero_phase_" + name, signal.sosfiltfilt(sos, eeg)[::125])
        emit("causal_" + name, signal.sosfilt(sos, eeg)[::125])
        taps = signal.firwin(127, [8, 13], pass_zero="bandpass", fs=125, window=("kaiser", 8.6))
        emit("fir_zero_phase_" + name, signal.filtfilt(taps, 1, eeg)[::125])
        emit("fir_causal_" + name, signal.lfilter(taps, 1, eeg)[::125])


def delay(numerators, denominators, fs):
    """Frequency, delay, frequency, ...: sum over sections, since scipy multiplies out, which loses digits for many poles near 1.
    Only where at least a hundredth passes: elsewhere scipy's digits are lost as well."""
    w = 2 * np.pi * FREQUENCIES / fs
    gain = np.prod([np.abs(signal.freqz(b, a, worN=w)[1]) for b, a in zip(numerators, denominators)], axis=0)
    w, kept = w[gain >= 0.01], FREQUENCIES[gain >= 0.01]
    delays = sum(signal.group_delay((b, a), w=w)[1] for b, a in zip(numerators, denominators))
    return np.column_stack((kept, delays)).ravel()
