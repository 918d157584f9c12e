package org.anodyne.session.engine.protocol;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.anodyne.decoder.DecoderException;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.plugin.FeatureRef;

/**
 * Whether a frozen decoder gets what it was trained on: the same features in the same order, computed by the same plug-ins of
 * the same versions with the same parameters. The sources are not compared: a recording may stand in for a device.
 */
public final class FrozenModels {
    private static final String MODEL = "model";

    private final Map<String, Protocol.Slot> slots;
    private final Faults faults;

    FrozenModels(Map<String, Protocol.Slot> slots, Faults faults) {
        this.slots = slots;
        this.faults = faults;
    }

    /** The frozen model in a slot; empty when it has none. */
    public static Optional<DecoderModel> of(Protocol.Slot slot) {
        return slot.parameters().get(MODEL) instanceof Map<?, ?> m && m.get("text") instanceof String text
                ? Optional.of(DecoderModel.parse(text))
                : Optional.empty();
    }

    void check() {
        for (Protocol.Slot slot : slots.values()) {
            String path = "slots." + slot.name() + ".parameters." + MODEL;
            try {
                of(slot).ifPresent(model -> check(slot, model, path));
            } catch (DecoderException e) {
                faults.add(path, e.getMessage());
            }
        }
    }

    private void check(Protocol.Slot slot, DecoderModel model, String path) {
        List<String> connected = slot.features().values().stream()
                .flatMap(List::stream)
                .map(FeatureRef::toString)
                .toList();
        List<String> trained =
                model.terms().stream().map(DecoderModel.Term::name).toList();
        if (!connected.equals(trained)) {
            faults.add(
                    "slots." + slot.name() + ".inputs",
                    "the decoder was trained on " + String.join(", ", trained) + ", in this order, but connected are "
                            + String.join(", ", connected));
        }
        model.slots().forEach((name, was) -> {
            if (was instanceof Map<?, ?> m) {
                compare(name, m, path);
            }
        });
    }

    private void compare(String name, Map<?, ?> was, String path) {
        Protocol.Slot is = slots.get(name);
        if (is == null) {
            faults.add(path, "the decoder was trained on features of a slot '" + name + "', which is not there");
        } else if (!is.plugin().equals(was.get("plugin")) || !is.version().equals(was.get("version"))) {
            faults.add(
                    path,
                    "the decoder was trained on features that " + was.get("plugin") + " " + was.get("version")
                            + " computed in slot '" + name + "', but here it is " + is.plugin() + " " + is.version()
                            + "; use that version, or train again");
        } else {
            Map<?, ?> then = was.get("parameters") instanceof Map<?, ?> p ? p : Map.of();
            TreeSet<String> names = new TreeSet<>(is.parameters().keySet());
            then.keySet().forEach(k -> names.add(String.valueOf(k)));
            for (String parameter : names) {
                if (!same(then.get(parameter), is.parameters().get(parameter))) {
                    faults.add(
                            path,
                            "the decoder was trained with " + parameter + " = " + then.get(parameter) + " of slot '"
                                    + name
                                    + "', but here it is " + is.parameters().get(parameter)
                                    + "; write the same, or train again");
                }
            }
        }
    }

    /** A number is the same however its kind was written. */
    private static boolean same(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return x.doubleValue() == y.doubleValue();
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return x.size() == y.size()
                    && java.util.stream.IntStream.range(0, x.size()).allMatch(i -> same(x.get(i), y.get(i)));
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(k -> same(x.get(k), y.get(k)));
        }
        return Objects.equals(a, b);
    }
}
