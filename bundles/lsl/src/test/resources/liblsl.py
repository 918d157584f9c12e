"""Drives the reference library over its C interface: python3 liblsl.py LIBRARY offer|take NAME FORMAT CHANNELS RATE."""
import ctypes as c
import sys
import threading
import time

lib = c.CDLL(sys.argv[1])
verb, name, form, channels, rate = sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]), float(sys.argv[6])
FORMATS = {"float32": 1, "double64": 2, "string": 3, "int32": 4, "int16": 5, "int8": 6, "int64": 7}
P, D, I, S = c.c_void_p, c.c_double, c.c_int, c.c_char_p


def bind(function, result, *arguments):
    f = getattr(lib, "lsl_" + function)
    f.restype, f.argtypes = result, arguments
    return f


if verb == "offer":
    info = bind("create_streaminfo", P, S, S, I, D, I, S)(
        name.encode(), b"Test", channels, rate, FORMATS[form], (name + "-source").encode())
    desc = bind("get_desc", P, P)(info)
    child = bind("append_child", P, P, S)
    value = bind("append_child_value", P, P, S, S)
    list_ = child(desc, b"channels")
    for k in range(channels):
        one = child(list_, b"channel")
        value(one, b"label", b"C%d" % k)
        value(one, b"unit", b"microvolts")
        value(one, b"type", b"EEG")
    outlet = bind("create_outlet", P, P, I, I)(info, 0, 360)
    print("offering", flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), __import__("os")._exit(0)), daemon=True).start()
    push_d = bind("push_sample_d", I, P, c.POINTER(D))
    push_s = bind("push_sample_str", I, P, c.POINTER(S))
    k = 0
    while True:
        if form == "string":
            push_s(outlet, (S * channels)(*[b"m%d-%d" % (k, i) for i in range(channels)]))
        else:
            push_d(outlet, (D * channels)(*[(k % 100) + i for i in range(channels)]))
        k += 1
        time.sleep(0.01)
else:
    found = (P * 8)()
    n = bind("resolve_bypred", I, P, I, S, I, D)(found, 8, ("name='%s'" % name).encode(), 1, 20.0)
    if n < 1:
        sys.exit("liblsl found no stream " + name)
    inlet = bind("create_inlet", P, P, I, I, I)(found[0], 360, 0, 0)
    error = I(0)
    full = bind("get_fullinfo", P, P, D, c.POINTER(I))(inlet, 20.0, c.byref(error))
    if error.value:
        sys.exit("liblsl got no description: %d" % error.value)
    print(" ".join(bind("get_xml", S, P)(full).decode().split()), flush=True)
    bind("open_stream", None, P, D, c.POINTER(I))(inlet, 20.0, c.byref(error))
    if error.value:
        sys.exit("liblsl could not open the stream: %d" % error.value)
    correction = bind("time_correction", D, P, D, c.POINTER(I))(inlet, 20.0, c.byref(error))
    print("correction %.9f %d" % (correction, error.value), flush=True)
    for _ in range(5):
        if form == "string":
            texts = (S * channels)()
            t = bind("pull_sample_str", D, P, c.POINTER(S), I, D, c.POINTER(I))(
                inlet, texts, channels, 20.0, c.byref(error))
            values = [x.decode() for x in texts]
        else:
            numbers = (D * channels)()
            t = bind("pull_sample_d", D, P, c.POINTER(D), I, D, c.POINTER(I))(
                inlet, numbers, channels, 20.0, c.byref(error))
            values = ["%.17g" % x for x in numbers]
        if error.value:
            sys.exit("liblsl got no sample: %d" % error.value)
        print("%.9f %s" % (t, " ".join(values)), flush=True)
