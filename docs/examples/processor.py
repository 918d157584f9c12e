#!/usr/bin/env python3
"""A processor in another process: running RMS of one channel of a stream, published as a feature.

It needs the packages paho-mqtt and cbor2 (Debian: python3-paho-mqtt, python3-cbor2). The contract it keeps is in
docs/topics.md and docs/asyncapi.yaml. Times of its messages are those of this machine's monotonic clock, so run it on the
machine of the platform, or convert by the clock messages of both.
"""

import argparse
import array
import collections
import math
import os
import socket
import struct
import sys
import time
import uuid

import cbor2
import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

HOLE_DEADLINE = 5.0  # seconds that later blocks wait for a missing one
SESSION_EXPIRY = 300  # seconds that the broker keeps messages for us when the connection is lost


class Ordered:
    """Hands messages of each source and topic on in the order of their numbers, each once."""

    def __init__(self, deliver):
        self.deliver = deliver
        self.states = {}

    def accept(self, topic, message):
        key = (message["source"], topic)
        number = message["sequence"]
        state = self.states.setdefault(key, {"last": number - 1, "held": {}, "deadline": None})
        if number <= state["last"] or number in state["held"]:
            return  # seen before: QoS 1 delivers at least once
        state["held"][number] = message
        self.deliver_held(state)
        if not state["held"]:
            state["deadline"] = None
        elif state["deadline"] is None:
            state["deadline"] = time.monotonic() + HOLE_DEADLINE
        elif time.monotonic() > state["deadline"]:
            first = min(state["held"])
            print(f"messages {state['last'] + 1} to {first - 1} on {topic} are missing", file=sys.stderr)
            state["last"] = first - 1
            state["deadline"] = None
            self.deliver_held(state)

    def deliver_held(self, state):
        while state["last"] + 1 in state["held"]:
            state["last"] += 1
            self.deliver(state["held"].pop(state["last"]))


class Publisher:
    """Puts the envelope around payloads; numbers count from 1 for each topic."""

    def __init__(self, client, source):
        self.client = client
        self.source = source
        self.numbers = collections.Counter()

    def publish(self, topic, payload, acquired):
        self.numbers[topic] += 1
        message = {
            "schema": 1,
            "source": self.source,
            "sequence": self.numbers[topic],
            "madeNanos": time.monotonic_ns(),
            "acquiredNanos": acquired,
            "payload": payload,
        }
        self.client.publish(topic, cbor2.dumps(message), qos=1)


class RunningRms:
    """Root mean square of the last `seconds` of one channel, after each block."""

    def __init__(self, seconds, channel):
        self.seconds = seconds
        self.channel = channel
        self.squares = collections.deque()

    def block(self, block):
        values = floats(block["samples"])
        own = values[self.channel :: block["channels"]]
        self.squares.extend(v * v for v in own)
        most = max(1, round(self.seconds * block["rateHz"]))
        while len(self.squares) > most:
            self.squares.popleft()
        end = block["startNanos"] + round(len(own) * 1e9 / block["rateHz"])
        return end, math.sqrt(math.fsum(self.squares) / len(self.squares))


def floats(samples):
    """Values of a typed array of RFC 8746 (tag 85: float32, little-endian), or of a plain array."""
    if not isinstance(samples, cbor2.CBORTag):
        return samples
    if samples.tag != 85:
        raise ValueError(f"samples have tag {samples.tag}, not 85")
    values = array.array("f", samples.value)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def doubles(values):
    """A typed array of RFC 8746: tag 86, float64, little-endian."""
    return cbor2.CBORTag(86, struct.pack(f"<{len(values)}d", *values))


def new_client(name):
    if hasattr(mqtt, "CallbackAPIVersion"):  # paho-mqtt 2
        return mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name, protocol=mqtt.MQTTv5)
    return mqtt.Client(client_id=name, protocol=mqtt.MQTTv5)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--host", default="127.0.0.1", help="the broker (default: %(default)s)")
    p.add_argument("--port", type=int, default=1883, help="its port (default: %(default)s)")
    p.add_argument("--username")
    p.add_argument("--password", default=os.environ.get("ANODYNE_PASSWORD"), help="default: $ANODYNE_PASSWORD")
    p.add_argument("--site", default="lab", help="as in topics (default: %(default)s)")
    p.add_argument("--session", default="+", help="id of the session (default: whichever runs)")
    p.add_argument("--input", required=True, metavar="SLOT/STREAM", help="the stream to work on")
    p.add_argument("--channel", type=int, default=0, help="number of the channel, from 0 (default: %(default)s)")
    p.add_argument("--seconds", type=float, default=1.0, help="length of the window (default: %(default)s)")
    p.add_argument("--slot", required=True, help="our slot in the protocol, with 'plugin: external'")
    p.add_argument("--feature", default="rms", help="name of the feature (default: %(default)s)")
    a = p.parse_args()

    # New at each start: numbers count from 1 for it.
    source = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    client = new_client(source)
    publisher = Publisher(client, source)
    windows = {}

    def block(message):
        session = message["session"]
        rms = windows.setdefault(session, RunningRms(a.seconds, a.channel))
        end, value = rms.block(message["payload"])
        payload = {"name": a.feature, "timeNanos": end, "values": doubles([value])}
        topic = f"anodyne/1/{a.site}/{session}/feature/{a.slot}/{a.feature}"
        publisher.publish(topic, payload, message["acquiredNanos"])

    ordered = Ordered(block)

    def on_connect(client, userdata, flags, reason, properties=None):
        client.subscribe(f"anodyne/1/{a.site}/{a.session}/sample/{a.input}", qos=1)

    def on_subscribe(client, userdata, mid, reasons, properties=None):
        print("ready", flush=True)

    def on_message(client, userdata, m):
        try:
            message = cbor2.loads(m.payload)
            message["session"] = m.topic.split("/")[3]
            message.setdefault("acquiredNanos", message["madeNanos"])
            ordered.accept(m.topic, message)
        except Exception as e:  # one bad message must not end the processor
            print(f"message on {m.topic} was refused: {e!r}", file=sys.stderr)

    client.on_connect = on_connect
    client.on_subscribe = on_subscribe
    client.on_message = on_message
    if a.username:
        client.username_pw_set(a.username, a.password)
    properties = Properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = SESSION_EXPIRY
    client.reconnect_delay_set(min_delay=1, max_delay=2)
    client.connect(a.host, a.port, keepalive=5, clean_start=False, properties=properties)
    try:
        client.loop_forever()
    except KeyboardInterrupt:
        client.disconnect()


if __name__ == "__main__":
    main()
