package org.anodyne.session.engine.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anodyne.host.CommandGate.Sight;
import org.anodyne.host.SafetyDesk;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.engine.protocol.Protocol;

/**
 * How long a participant may be in a headset without a break, by the site's policy.
 *
 * @param slots the displays that are headsets
 * @param longest time without a break
 * @param rest what counts as one: so long out of it, in a phase without the display or in a pause
 * @param source of the limit, for people
 */
public record HeadsetLimit(Set<String> slots, Duration longest, Duration rest, String source) {
    private static final double NANOS_PER_MINUTE = 60e9;

    /**
     * The limit for a protocol; empty where it has no headset, or where nobody is there to ask: then the host starts no
     * headset either.
     *
     * @throws IllegalStateException with a sentence for a person, when the limits are not known
     */
    public static Optional<HeadsetLimit> of(Protocol protocol, Optional<SafetyDesk> desk) {
        Set<String> headsets = protocol.slots().values().stream()
                .filter(s ->
                        s.kind() == PluginKind.DISPLAY && Sight.of(new Parameters(s.parameters())) == Sight.HEADSET)
                .map(Protocol.Slot::name)
                .collect(Collectors.toUnmodifiableSet());
        if (headsets.isEmpty() || desk.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> told = desk.get().ask("limits", Map.of());
        Map<?, ?> longest = limit(told, "vr.continuous.minutes");
        return Optional.of(new HeadsetLimit(
                headsets,
                minutes(longest),
                minutes(limit(told, "vr.break.minutes")),
                longest.get("source") + "; vr.continuous.minutes"));
    }

    private static Map<?, ?> limit(Map<String, Object> told, String name) {
        if (told.get("limits") instanceof Map<?, ?> all && all.get(name) instanceof Map<?, ?> limit) {
            return limit;
        }
        throw new IllegalStateException(
                "the session has a headset, but how long a participant may be in it is not known: "
                        + told.get("message"));
    }

    private static Duration minutes(Map<?, ?> limit) {
        return Duration.ofNanos(Math.round(((Number) limit.get("value")).doubleValue() * NANOS_PER_MINUTE));
    }
}
