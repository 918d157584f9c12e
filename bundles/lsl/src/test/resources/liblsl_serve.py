"""Serves the reference library to a test: reads one Python expression a line, answers with its value as one line of JSON.

    python3 liblsl_serve.py LIBRARY

Streams and readers are called by names. Sample k of a ramp has the values (k + i) % 100 in channel i, or "mk-i" as texts.
"""
import concurrent.futures
import ctypes as c
import json
import math
import os
import sys
import threading
import time

lib = c.CDLL(sys.argv[1])
P, D, I, S = c.c_void_p, c.c_double, c.c_int, c.c_char_p
KINDS = {
    "float32": (1, c.c_float, "f"), "double64": (2, D, "d"), "string": (3, S, "str"), "int32": (4, c.c_int32, "i"),
    "int16": (5, c.c_int16, "s"), "int8": (6, c.c_int8, "c"), "int64": (7, c.c_int64, "l")}


def call(function, result, *pairs):
    f = getattr(lib, "lsl_" + function)
    f.restype, f.argtypes = result, pairs[::2]
    return f(*pairs[1::2])


class Outlet:
    def __init__(self, name, kind, channels, rate, form, source, desc=(), chunk=0, buffer=360):
        self.channels, self.rate = channels, rate
        number, self.type, self.suffix = KINDS[form]
        self.info = call("create_streaminfo", P, S, name.encode(), S, kind.encode(), I, channels, D, rate, I, number,
                         S, source.encode())
        self.fill(call("get_desc", P, P, self.info), desc)
        self.handle = call("create_outlet", P, P, self.info, I, chunk, I, buffer)
        self.pushed = 0

    def fill(self, element, children):
        for name, inner in children:
            if isinstance(inner, str):
                call("append_child_value", P, P, element, S, name.encode(), S, inner.encode())
            else:
                self.fill(call("append_child", P, P, element, S, name.encode()), inner)

    def row(self, values):
        return (self.type * self.channels)(*[v.encode() if isinstance(v, str) else v for v in values])

    def push(self, values, t=0.0):
        return call("push_sample_%st" % self.suffix, I, P, self.handle, P, self.row(values), D, t)

    def chunk(self, rows, t=0.0):
        flat = [v.encode() if isinstance(v, str) else v for row in rows for v in row]
        return call("push_chunk_%st" % self.suffix, I, P, self.handle, P, (self.type * len(flat))(*flat),
                    c.c_ulong, len(flat), D, t)

    def values(self, k):
        if self.type is S:
            return ["m%d-%d" % (k, i) for i in range(self.channels)]
        return [(k + i) % 100 for i in range(self.channels)]

    def ramp(self, count, chunk=1):
        """Pushes so many samples of the ramp at once, in chunks of this length, with the times of its rate."""
        if not self.pushed:
            self.base = call("local_clock", D)
        for k in range(self.pushed, self.pushed + count, chunk):
            last = self.base + (k + chunk - 1) / self.rate if self.rate else 0.0
            if chunk == 1:
                self.push(self.values(k), last)
            else:
                self.chunk([self.values(k + j) for j in range(chunk)], last)
        self.pushed += count
        return self.pushed

    def keep(self, hz, chunk=1):
        """Goes on with the ramp at this many samples a second until it is shut."""
        def run():
            began, start = time.monotonic(), self.pushed
            while self.handle:
                due = int((time.monotonic() - began) * hz) - (self.pushed - start)
                for _ in range(due // chunk):
                    if self.handle:
                        self.ramp(chunk, chunk)
                time.sleep(max(0.002, chunk / hz / 4))
        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()

    def consumers(self, seconds=0.0):
        return call("wait_for_consumers", I, P, self.handle, D, seconds) if seconds else call(
            "have_consumers", I, P, self.handle)

    def xml(self):
        return call("get_xml", S, P, call("get_info", P, P, self.handle)).decode()

    def shut(self):
        handle, self.handle = self.handle, None
        if hasattr(self, "thread"):
            self.thread.join()
        call("destroy_outlet", None, P, handle)


def described(info):
    return {key: call("get_" + key, S, P, info).decode() for key in ("name", "type", "uid", "source_id", "session_id")}


def by(predicate, seconds=10.0, least=1):
    found = (P * 64)()
    n = call("resolve_bypred", I, P, found, I, 64, S, predicate.encode(), I, least, D, seconds)
    return [found[i] for i in range(n)]


def names(predicate, seconds=10.0, least=1):
    return sorted(described(info)["name"] for info in by(predicate, seconds, least))


def names_each(predicates, seconds):
    """What each question finds within the time, asked side by side."""
    with concurrent.futures.ThreadPoolExecutor(len(predicates)) as pool:
        return list(pool.map(lambda predicate: ",".join(names(predicate, seconds)), predicates))


def names_by(prop, value, seconds=10.0):
    found = (P * 64)()
    n = call("resolve_byprop", I, P, found, I, 64, S, prop.encode(), S, value.encode(), I, 1, D, seconds)
    return sorted(described(found[i])["name"] for i in range(n))


def everybody(seconds=1.0):
    found = (P * 64)()
    n = call("resolve_all", I, P, found, I, 64, D, seconds)
    return sorted(described(found[i])["name"] for i in range(n))


class Watch:
    """A continuous resolver."""

    def __init__(self, predicate, forget=2.0):
        self.handle = call("create_continuous_resolver_bypred", P, S, predicate.encode(), D, forget)

    def until(self, names, seconds=30.0):
        end = time.monotonic() + seconds
        now = None
        while time.monotonic() < end:
            found = (P * 64)()
            n = call("resolver_results", I, P, self.handle, P, found, I, 64)
            now = sorted(described(found[i])["name"] for i in range(n))
            if now == names:
                break
            time.sleep(0.05)
        return now


class Inlet:
    def __init__(self, predicate, form, buffer=360, chunk=0, recover=1, seconds=20.0):
        info = by(predicate, seconds)[0]
        _, self.type, self.suffix = KINDS[form]
        self.channels, self.rate = call("get_channel_count", I, P, info), call("get_nominal_srate", D, P, info)
        self.handle = call("create_inlet", P, P, info, I, buffer, I, chunk, I, recover)

    def begin(self, seconds=20.0):
        error = I(0)
        call("open_stream", None, P, self.handle, D, seconds, P, c.byref(error))
        return error.value

    def correction(self, seconds=20.0):
        error = I(0)
        value = call("time_correction", D, P, self.handle, D, seconds, P, c.byref(error))
        return value if not error.value else "error %d" % error.value

    def xml(self, seconds=20.0):
        error = I(0)
        full = call("get_fullinfo", P, P, self.handle, D, seconds, P, c.byref(error))
        return "error %d" % error.value if error.value else call("get_xml", S, P, full).decode()

    def child(self, *path):
        error = I(0)
        at = call("get_desc", P, P, call("get_fullinfo", P, P, self.handle, D, 20.0, P, c.byref(error)))
        for name in path:
            at = call("child", P, P, at, S, name.encode())
        return call("child_value", S, P, at).decode()

    def pull(self, seconds=20.0):
        """[time, values], or "error N", or None when nothing came."""
        error = I(0)
        row = (self.type * self.channels)()
        t = call("pull_sample_" + self.suffix, D, P, self.handle, P, row, I, self.channels, D, seconds, P,
                 c.byref(error))
        if error.value:
            return "error %d" % error.value
        if t == 0.0:
            return None
        return [t, [v.decode() if isinstance(v, bytes) else v if isinstance(v, int) else repr(v) for v in row]]

    def check(self, count, seconds=30.0, loss=False):
        """Pulls so many samples of a ramp with a rate, in chunks; "ok", or what is wrong."""
        end, before, total = time.monotonic() + seconds, None, 0
        rows, stamps = (self.type * (self.channels * 512))(), (D * 512)()
        while total < count:
            if time.monotonic() > end:
                return "%d of %d came" % (total, count)
            error = I(0)
            n = call("pull_chunk_" + self.suffix, c.c_ulong, P, self.handle, P, rows, P, stamps, c.c_ulong,
                     self.channels * 512, c.c_ulong, 512, D, 0.1, P, c.byref(error))
            if error.value:
                return "error %d" % error.value
            for j in range(n // self.channels):
                values = rows[j * self.channels:(j + 1) * self.channels]
                t = stamps[j]
                if self.type is S:
                    k = int(values[0][1:values[0].index(b"-")])
                    good = list(values) == [b"m%d-%d" % (k, i) for i in range(self.channels)]
                else:
                    k = int(values[0])
                    good = list(values) == [(k + i) % 100 for i in range(self.channels)]
                if not good:
                    return "sample %d has %s" % (total + j, list(values)[:4])
                if before is not None and not loss:
                    step = (k - before[0]) % 100 if self.type is not S else k - before[0]
                    if step != 1:
                        return "sample %d follows %d" % (k, before[0])
                    if self.rate and abs(t - before[1] - 1 / self.rate) > 1e-6:
                        return "time %.9f follows %.9f" % (t, before[1])
                before = (k, t)
            total += n // self.channels
        return "ok"

    def waiting(self):
        return call("samples_available", c.c_uint, P, self.handle)

    def end(self):
        call("close_stream", None, P, self.handle)

    def shut(self):
        call("destroy_inlet", None, P, self.handle)


def put(name, value):
    globals()[name] = value
    return name


def main():
    print(json.dumps("liblsl %d" % call("library_version", I)), flush=True)
    for line in sys.stdin:
        try:
            value = eval(line)
        except Exception as e:
            value = "%s: %s" % (type(e).__name__, e)
        print(json.dumps(value, ensure_ascii=False), flush=True)
    # Its threads do not always end by themselves.
    os._exit(0)


main()
