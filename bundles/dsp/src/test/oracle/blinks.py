"""Blinks put into a real recording, as found by MNE; the values are frozen in ArtefactTest because importing MNE takes long.

/usr/bin/python3 src/test/oracle/blinks.py ../../../shared/data/biosppy   (needs Debian's python3-mne)
"""
import os
import sys

import mne
import numpy as np

for name in ("eeg_ec", "eeg_eo"):
    x = np.loadtxt(os.path.join(sys.argv[1], name + ".txt"))
    size = 8 * x.std(ddof=1)
    t = np.arange(125) / 125
    for at in range(20, int(len(x) / 125) - 5, 10):
        x[at * 125:at * 125 + 125] += size * np.exp(-((t - 0.3) / 0.08) ** 2 / 2)
    raw = mne.io.RawArray(x[None] * 1e-6, mne.create_info(["EOG"], 125, "eog"), verbose="error")
    events = mne.preprocessing.find_eog_events(raw, verbose="error")
    print(name, ", ".join("%.2f" % (e / 125) for e in events[:, 0]))
