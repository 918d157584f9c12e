"""Prints what MNE sees in an EDF, BDF or BrainVision file. Run with the system's Python (Debian: python3-mne)."""
import sys
import warnings

import mne

warnings.simplefilter("ignore")
mne.set_log_level("ERROR")


def reader(path):
    if path.endswith(".bdf"):
        return mne.io.read_raw_bdf
    return mne.io.read_raw_brainvision if path.endswith(".vhdr") else mne.io.read_raw_edf


def factor(raw, name):
    unit = raw._orig_units.get(name, "")
    return 1e6 if unit in ("uV", "µV", "μV") else 1e3 if unit == "mV" else 1.0


def main(path):
    names = reader(path)(path, preload=False).ch_names
    for name in names:
        # One channel at a time: MNE resamples when rates differ.
        others = {"include": [name]} if not path.endswith(".vhdr") else {}
        raw = reader(path)(path, preload=True, **others)
        data = raw.get_data(picks=[name])[0] * factor(raw, name)
        values = "|".join("%.9g" % v for v in (data[0], data[len(data) // 2], data[-1], data.sum()))
        print("SIGNAL|%s|%.6f|%d|%s" % (name, raw.info["sfreq"], len(data), values))
    raw = reader(path)(path, preload=False)
    print("START|%s" % raw.info["meas_date"])
    for a in raw.annotations:
        print("ANNOTATION|%.6f|%.6f|%s" % (a["onset"], a["duration"], a["description"]))


main(sys.argv[1])
