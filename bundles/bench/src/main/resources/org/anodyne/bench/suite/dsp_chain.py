"""The work of DspChain with numpy and scipy, as fast as they allow: one call per step and block over all channels.

Arguments: file of float32 samples (sample by sample, all channels of each), channels, rate in hertz, samples per block, window.
Prints: scipy's version, seconds by the clock, seconds of the processor, the powers after the last block.
"""
import sys
import time

import numpy as np
import scipy
from scipy import fft, signal

BANDS = ((1, 4), (4, 8), (8, 13), (13, 30), (30, 45))


def weights(frequencies, low, high):
    """Simpson's rule over the bins in [low, high] as weights; Cartwright's correction for an even number of bins."""
    bins = np.flatnonzero((frequencies >= low) & (frequencies <= high))
    h = frequencies[1] - frequencies[0]
    w = np.zeros(len(frequencies))
    odd = bins if len(bins) % 2 == 1 else bins[:-1]
    for k in odd[:-1:2]:
        w[k:k + 3] += np.array((1, 4, 1)) * h / 3
    if len(bins) % 2 == 0:
        w[bins[-3:]] += np.array((-1, 8, 5)) * h / 12
    return w


def chain(blocks, channels, rate, block, window):
    b, a = signal.iirnotch(50, 30, fs=rate)
    sos = np.vstack((signal.butter(4, (1, 45), "band", fs=rate, output="sos"), np.concatenate((b, a))))
    zi = np.zeros((len(sos), channels, 2))
    shape = signal.get_window("hann", window)
    scale = 1 / (rate * np.sum(shape ** 2))
    bands = np.array([weights(np.arange(window // 2 + 1) * rate / window, low, high) for low, high in BANDS]).T * 2 * scale
    newest = np.zeros((channels, window))
    filled = 0
    powers = np.zeros((channels, len(BANDS)))
    clock, processor = time.perf_counter(), time.process_time()
    for samples in blocks:
        y, zi = signal.sosfilt(sos, samples.astype(np.float64).T, zi=zi)
        y -= y.mean(axis=0)
        newest[:, :-block] = newest[:, block:]
        newest[:, -block:] = y
        filled += block
        if filled >= window:
            spectrum = fft.rfft((newest - newest.mean(axis=1, keepdims=True)) * shape)
            powers = (spectrum.real ** 2 + spectrum.imag ** 2) @ bands
    return time.perf_counter() - clock, time.process_time() - processor, powers


def main():
    channels, rate, block, window = (int(v) for v in sys.argv[2:])
    samples = np.fromfile(sys.argv[1], dtype="<f4").reshape(-1, block, channels)
    chain(samples[:50], channels, rate, block, window)
    seconds, processor, powers = chain(samples, channels, rate, block, window)
    print(scipy.__version__)
    print(repr(float(seconds)))
    print(repr(float(processor)))
    print(",".join(repr(float(v)) for v in powers.ravel()))


if __name__ == "__main__":
    main()
