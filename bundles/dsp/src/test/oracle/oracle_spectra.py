"""Spectra by other windows and by tapers; band powers of the recordings as MNE's spectra give them."""
import numpy as np
from scipy import integrate, signal

try:
    from mne.time_frequency import psd_array_multitaper, psd_array_welch
except ImportError:  # the stored values remain
    psd_array_multitaper = psd_array_welch = None

BANDS = ((1, 4), (4, 8), (8, 13), (13, 30), (30, 45))


def run(emit, eeg, recording):
    for n, nw, count in ((64, 2.5, 5), (257, 4, 8), (1000, 4, 7)):
        tapers, ratios = signal.windows.dpss(n, nw, count, norm=2, return_ratios=True)
        emit("dpss_%d" % n, tapers[:, ::max(1, n // 50)].ravel())
        emit("dpss_ratios_%d" % n, ratios)
    for name, window in (("hamming", "hamming"), ("blackman", "blackman"), ("kaiser", ("kaiser", 6.5))):
        emit("welch_" + name, signal.welch(eeg, 125, window=window, nperseg=500, noverlap=250)[1])
    if psd_array_welch is None:
        return
    for name in ("eeg_ec", "eeg_eo"):
        x = recording(name)
        if x is None:
            continue
        p, f = psd_array_welch(x, 125, n_fft=500, n_overlap=250, verbose=False)
        emit("mne_welch_" + name, p)
        bands(emit, "mne_welch_bands_" + name, f, p)
        p, f = psd_array_multitaper(x[:2500], 125, bandwidth=2, normalization="full", verbose=False)
        emit("mne_multitaper_" + name, p[::5])
        bands(emit, "mne_multitaper_bands_" + name, f, p)
        emit("mne_multitaper_odd_" + name,
             psd_array_multitaper(x[:1001], 125, bandwidth=1, normalization="full", verbose=False)[0][::5])


def bands(emit, name, f, p):
    """Absolute, then relative to 1-45 Hz; every band here has an odd number of bins, so all Simpson's rules agree."""
    powers = []
    for low, high in BANDS + ((1, 45),):
        keep = (f >= low) & (f <= high)
        assert keep.sum() % 2 == 1
        powers.append(integrate.simpson(p[keep], dx=f[1] - f[0]))
    emit(name, powers[:-1] + [power / powers[-1] for power in powers[:-1]])
