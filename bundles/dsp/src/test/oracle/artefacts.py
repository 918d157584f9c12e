"""Artefacts put into real recordings, and into made noise at 500 Hz, and where MNE finds them.

/usr/bin/python3 src/test/oracle/artefacts.py ../../../shared/data/biosppy OUT   (needs Debian's python3-mne)
writes OUT/<name>.f64, the signal (64-bit numbers, most significant byte first), and OUT/<name>.csv: kind,from,to in seconds.
Kinds in capitals were put in. 'blink' is mne.preprocessing.find_eog_events, 'muscle' annotate_muscle_zscore (its own band at 500 Hz, 30 to
56 Hz at 125 Hz), 'flat' annotate_amplitude(flat=0) of at least 0.4 s, 'still' the same of at least three samples.
MNE has nothing for clipping as such; annotate_movement is for the coils of a magnetoencephalograph.
"""
import os
import sys

import mne
import numpy as np

folder, out = sys.argv[1:]
mne.set_log_level("error")
KINDS = ("BLINK", "MUSCLE", "FLAT")


def put(x, rate, kind, at, size, random):
    i, n = int(at * rate), int(rate)
    t = np.arange(n) / rate
    if kind == "BLINK":
        x[i:i + n] += 8 * size * np.exp(-((t - 0.3) / 0.08) ** 2 / 2)
    elif kind == "MUSCLE":
        x[i:i + n] += 6 * size * (random.random_sample(n) - 0.5)
    else:
        x[i:i + n] = x[i]
    return kind, at, at + 1


def annotations(found, rows, kind):
    for a in found:
        rows.append((kind, a["onset"], a["onset"] + a["duration"]))


def run(name, x, rate, band, kinds=KINDS):
    random = np.random.RandomState(7)
    size = x.std(ddof=1)
    places = range(20, int(len(x) / rate) - 5, 10) if kinds else ()
    rows = [put(x, rate, kinds[k % len(kinds)], at, size, random) for k, at in enumerate(places)]
    x.astype(">f8").tofile(os.path.join(out, name + ".f64"))
    raw = mne.io.RawArray(x[None] * 1e-6, mne.create_info(["EOG"], rate, "eog"))
    for e in mne.preprocessing.find_eog_events(raw)[:, 0]:
        rows.append(("blink", e / rate, e / rate))
    eeg = mne.io.RawArray(x[None] * 1e-6, mne.create_info(["C4"], rate, "eeg"))
    annotations(mne.preprocessing.annotate_muscle_zscore(eeg, threshold=4, ch_type="eeg", filter_freq=band)[0], rows, "muscle")
    for kind, least in (("flat", 0.4), ("still", 2.5 / rate)):
        found, _ = mne.preprocessing.annotate_amplitude(eeg, flat=0.0, bad_percent=100, min_duration=least)
        annotations(found, rows, kind)
    with open(os.path.join(out, name + ".csv"), "w") as f:
        f.writelines("%s,%.4f,%.4f\n" % row for row in rows)


for recording in ("eeg_ec", "eeg_eo"):
    x = np.loadtxt(os.path.join(folder, recording + ".txt"))
    run(recording + "_as_it_is", x.copy(), 125, (30, 56), ())
    run(recording, x, 125, (30, 56))
made = np.random.RandomState(3).standard_normal(60000)
for i in range(1, len(made)):
    made[i] += 0.95 * made[i - 1]
run("made", 10 * made, 500, (110, 140))
