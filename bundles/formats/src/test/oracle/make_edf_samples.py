"""Writes small EDF/BDF files with nothing but struct, as samples for the reader's tests, and what they should contain.

Run: /usr/bin/python3 make_edf_samples.py ../resources/org/anodyne/formats/edf   (then mne_dump.py on each, see README)
expected.tsv: file, signal, unit, rate, samples, first value, value in the middle, last value, sum of values.
"""
import math
import struct
import sys


def ascii_field(text, width):
    return text.encode("latin-1")[:width].ljust(width)


def header(version, patient, recording, date, time, reserved, records, duration, signals):
    h = version + ascii_field(patient, 80) + ascii_field(recording, 80) + ascii_field(date, 8) + ascii_field(time, 8)
    h += ascii_field(str(256 * (len(signals) + 1)), 8) + ascii_field(reserved, 44) + ascii_field(str(records), 8)
    h += ascii_field(duration, 8) + ascii_field(str(len(signals)), 4)
    widths = [("label", 16), ("transducer", 80), ("unit", 8), ("pmin", 8), ("pmax", 8), ("dmin", 8), ("dmax", 8),
              ("prefilter", 80), ("n", 8)]
    for key, width in widths:
        for s in signals:
            h += ascii_field(str(s.get(key, "")), width)
    return h + b" " * 32 * len(signals)


def digital(signal, index):
    span = signal["dmax"] - signal["dmin"]
    return signal["dmin"] + int((0.5 + 0.49 * math.sin(index * signal["step"])) * span)


def tal(onset, duration, text):
    t = ("%+g" % onset).encode()
    if duration is not None:
        t += b"\x15" + ("%g" % duration).encode()
    return t + b"\x14" + text.encode("utf-8") + b"\x14\x00"


def write(folder, name, version, reserved, duration, signals, records, size, annotations=None, onsets=None,
          declared=None, tail=b"", date="02.03.21", time="13.14.15"):
    all_signals = list(signals)
    if annotations is not None:
        label = "BDF Annotations" if size == 3 else "EDF Annotations"
        low, high = (-8388608, 8388607) if size == 3 else (-32768, 32767)
        all_signals.append(dict(label=label, pmin=-1, pmax=1, dmin=low, dmax=high, n=60))
    out = header(version, "P1 X X X", "Startdate 02-MAR-2021 X X X", date, time, reserved,
                 records if declared is None else declared, duration, all_signals)
    values = [[] for _ in signals]
    for r in range(records):
        for i, s in enumerate(signals):
            for k in range(s["n"]):
                d = digital(s, r * s["n"] + k)
                out += struct.pack("<i", d)[:size]
                values[i].append((d - s["dmin"]) * (s["pmax"] - s["pmin"]) / (s["dmax"] - s["dmin"]) + s["pmin"])
        if annotations is not None:
            onset = onsets[r] if onsets else r * float(duration)
            t = ("%+g" % onset).encode() + b"\x14\x14\x00" + b"".join(tal(*a) for a in annotations.get(r, []))
            out += t.ljust(60 * size, b"\x00")
    with open(folder + "/" + name, "wb") as f:
        f.write(out + tail)
    lines = []
    for s, v in zip(signals, values):
        numbers = "\t".join("%.12g" % x for x in (v[0], v[len(v) // 2], v[-1], sum(v)))
        lines.append("%s\t%s\t%s\t%.9g\t%d\t%s" % (name, s["label"], s["unit"], s["n"] / float(duration), len(v), numbers))
    return lines


def main(folder):
    eeg = dict(label="EEG Fpz-Cz", transducer="AgAgCl", unit="uV", pmin=-440, pmax=510, dmin=-2048, dmax=2047,
               prefilter="HP:0.5Hz LP:100Hz", n=100, step=0.7)
    resp = dict(label="Resp oro-nasal", unit="mV", pmin=-10.5, pmax=10.25, dmin=-32768, dmax=32767, n=10, step=0.3)
    bio = dict(label="A1", unit="uV", pmin=-262144, pmax=262143, dmin=-8388608, dmax=8388607, n=64, step=0.11)
    status = dict(label="B1", unit="uV", pmin=-262144, pmax=262143, dmin=-8388608, dmax=8388607, n=64, step=0.05)
    edf = b"0".ljust(8)
    bdf = b"\xffBIOSEMI"
    notes = {0: [(0.5, None, "Lights off"), (0.75, 2.5, "Schmerz \u00e4\u00f6 \u4e2d")], 3: [(3.25, 0, "pulse")]}
    lines = write(folder, "plain.edf", edf, "", "1", [eeg, resp], 7, 2)
    lines += write(folder, "plus_c.edf", edf, "EDF+C", "0.5", [eeg, resp], 8, 2, notes)
    lines += write(folder, "plus_d.edf", edf, "EDF+D", "1", [eeg, resp], 4, 2, notes, onsets=[0, 1, 10.5, 11.5])
    lines += write(folder, "biosemi.bdf", bdf, "24BIT", "1", [bio, status], 5, 3)
    lines += write(folder, "plus_c.bdf", bdf, "BDF+C", "1", [bio], 4, 3, notes)
    lines += write(folder, "unknown_count.edf", edf, "", "1", [eeg], 3, 2, declared=-1)
    lines += write(folder, "torn.edf", edf, "", "1", [eeg], 3, 2, declared=5, tail=b"\x01\x02\x03")
    lines += write(folder, "odd_date.edf", edf, "", "1", [eeg], 2, 2, date="00.00.00", time="\x00\x00\x00")
    with open(folder + "/expected.tsv", "w") as f:
        f.write("\n".join(lines) + "\n")


main(sys.argv[1])
