"""Scores questionnaires a second time, written from docs/instruments.md and not from the Java: lines of
{"file": ..., "answers": {...}} come in, lines of {scale: score or null} go out. Exact fractions until the end."""

import json
import math
import sys
from fractions import Fraction


def exact(number):
    return Fraction(str(number))


def counts(instrument, item):
    """What each listed answer counts, by its value."""
    lists = [l["list"] for l in instrument.get("answers", []) if l["id"] == item.get("answers")]
    return {exact(a["value"]): exact(a.get("counts", a["value"])) for l in lists for a in l}


def limits(instrument, item):
    if "answers" in item:
        values = counts(instrument, item).values()
        return min(values), max(values)
    return exact(item["min"]), exact(item["max"])


def scores(instrument, answers):
    items = {i["id"]: i for i in instrument["items"]}
    done, ends = {}, {}
    for scale in instrument["scales"]:
        rule = scale["missing"]["rule"]
        got, low, high, total = [], [], [], 0
        touched = False
        for part in scale.get("items", scale.get("scales")):
            total += 1
            if "items" in scale:
                least, most = limits(instrument, items[part])
                value = None
                if part in answers:
                    touched = True
                    value = exact(answers[part])
                    value = counts(instrument, items[part]).get(value, value)
                    if items[part].get("reverse"):
                        value = least + most - value
                elif items[part].get("optional"):
                    value = least
            else:
                least, most = ends[part]
                value = done[part]
                touched = touched or value is not None
            if value is None and rule == "least":
                value = least
            if value is not None:
                got.append(value)
                low.append(least)
                high.append(most)
        ends[scale["id"]] = (exact(scale["min"]), exact(scale["max"]))
        needed = {"all": total, "prorate": scale["missing"].get("minAnswered", total), "least": 1}[rule]
        if not touched or len(got) < needed:
            done[scale["id"]] = None
            continue
        if scale["op"] == "mean":
            raw = sum(got) / len(got)
        elif scale["op"] == "percent":
            raw = 100 * (sum(got) - sum(low)) / (sum(high) - sum(low))
        else:
            raw = sum(got) * total / len(got)
        if scale["missing"].get("roundUp"):
            raw = Fraction(math.ceil(raw))
        if "lookup" in scale:
            done[scale["id"]] = exact(scale["lookup"]["scores"][int(raw) - scale["lookup"]["from"]])
        else:
            t = scale.get("transform", {})
            done[scale["id"]] = (raw + exact(t.get("add", 0))) * exact(t.get("multiply", 1)) / exact(t.get("divide", 1))
    return {k: None if v is None else float(v) for k, v in done.items()}


known = {}
for line in sys.stdin:
    asked = json.loads(line)
    name = asked["file"]
    if name not in known:
        with open(name, encoding="utf-8") as file:
            known[name] = json.load(file)
    print(json.dumps(scores(known[name], asked["answers"])))
