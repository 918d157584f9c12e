"""Reference values for org.anodyne.dsp.physio: scipy and numpy over the whole signal."""
import numpy as np
from scipy import signal


def intervals(noise):
    """Times of beats and the intervals that they end, in seconds: breathing at 0.1 and 0.25 Hz, and some noise."""
    jitter = noise(200, 11)
    t, times, rr = 0.0, [], []
    for k in range(200):
        interval = 0.85 + 0.06 * np.sin(2 * np.pi * 0.1 * t) + 0.03 * np.sin(2 * np.pi * 0.25 * t) + 0.02 * jitter[k]
        t += interval
        times.append(t)
        rr.append(interval)
    return np.array(times), np.array(rr)


def power(f, p, low, high):
    """Trapezoids over the grid, with values at the band's very edges."""
    inside = (f > low) & (f < high)
    x = np.concatenate([[low], f[inside], [high]])
    return np.trapz(np.interp(x, f, p), x)


def variability(noise, emit):
    t, rr = intervals(noise)
    difference = np.diff(rr)
    emit("hrv", [rr.mean(), rr.std(ddof=1), np.sqrt(np.mean(difference ** 2)), np.mean(np.abs(difference) > 0.05)])
    since, y = t - t[0], rr - rr.mean()
    f = 0.0033 + 0.002 * np.arange(190)
    emit("lomb", signal.lombscargle(since, y, 2 * np.pi * f))
    emit("lomb_share", [signal.lombscargle(since, y, 2 * np.pi * np.array([0.1]), normalize=True)[0]])
    span = since[-1] * len(t) / (len(t) - 1)
    f = 0.0033 + np.arange(int(np.ceil((0.4 - 0.0033) * 4 * span)) + 1) / (4 * span)
    p = signal.lombscargle(since, y, 2 * np.pi * f) * 2 * span / len(t)
    peak = f[np.argmax(np.where((f >= 0.04) & (f <= 0.26), p, 0))]
    emit("hrv_spectrum", [power(f, p, 0.04, 0.15), power(f, p, 0.15, 0.4), peak, np.sqrt(p[f == peak][0] * 2 / span),
                          power(f, p, peak - 0.015, peak + 0.015) / power(f, p, 0.0033, 0.4)])


def muscle(noise, emit):
    x = 7 + noise(4000, 13) * np.where(np.arange(4000) % 2000 < 1000, 1, 10)
    for rate in (1000, 250):
        sos = signal.butter(2, [20, min(450, 0.45 * rate)], "band", fs=rate, output="sos")
        y = signal.sosfilt(sos, x, zi=signal.sosfilt_zi(sos) * x[0])[0]
        window = int(rate * 0.1)
        rms = np.sqrt(np.convolve(y ** 2, np.ones(window) / window, "valid"))
        emit("muscle_%d" % rate, rms[::100])


def recordings(ecg, resp, emit):
    x = ecg
    smooth = np.convolve(x, np.ones(20) / 20, "valid")
    peaks, _ = signal.find_peaks(smooth, prominence=0.5 * np.ptp(x), distance=300)
    turn = [(smooth[p - 1] - smooth[p + 1]) / (2 * (smooth[p - 1] - 2 * smooth[p] + smooth[p + 1])) for p in peaks]
    beats = (peaks + 9.5 + turn) / 1000
    emit("beats", beats)
    rr = np.diff(beats)
    difference = np.diff(rr)
    emit("beats_hrv", [rr.mean(), rr.std(ddof=1), np.sqrt(np.mean(difference ** 2)), np.mean(np.abs(difference) > 0.05)])
    since, y = beats[1:] - beats[1], rr - rr.mean()
    emit("beats_lomb", signal.lombscargle(since, y, 2 * np.pi * (0.04 + 0.01 * np.arange(37))))
    emit("beats_lomb_share", [signal.lombscargle(since, y, 2 * np.pi * np.array([0.1]), normalize=True)[0]])
    x = resp
    f, p = signal.welch(x, 1000, nperseg=20000, noverlap=10000)
    emit("breathing_peak", [f[np.argmax(np.where(f > 0.05, p, 0))]])
    y = signal.sosfiltfilt(signal.butter(4, 2, fs=1000, output="sos"), x)
    troughs, _ = signal.find_peaks(-y, prominence=0.2 * np.ptp(y))
    emit("breaths", troughs / 1000)


def run(emit, noise, recording):
    variability(noise, emit)
    muscle(noise, emit)
    ecg = recording("ecg")
    if ecg is not None:
        recordings(ecg, recording("resp"), emit)
