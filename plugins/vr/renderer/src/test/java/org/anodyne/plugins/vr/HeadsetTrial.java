package org.anodyne.plugins.vr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Schema;

/**
 * For trying a headset by hand: opens the display in the mode headset, shows the neutral world as a scene, prints every event
 * but the frames, and at the end what the frames were like. Arguments: seconds, and a folder for a picture of both eyes.
 * {@code docs/headset.md} says how it is called.
 */
public final class HeadsetTrial {
    private HeadsetTrial() {}

    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        Map<String, Object> parameters = new HashMap<>(Map.of("mode", "headset", "picturesAt", List.of(20L)));
        if (arguments.length > 1) {
            parameters.put("pictures", arguments[1]);
        }
        LiveContext context =
                new LiveContext(Schema.of(DisplayFactory.class).defaultsWith(parameters), Optional.empty());
        try (context) {
            DisplayInstance display = (DisplayInstance) new DisplayFactory().create(context);
            try {
                display.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(30)));
                display.start();
                display.show(new Act("world", "neutral", 1, new NeutralWorld(), why -> say("failed: " + why)));
                new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
            } finally {
                display.close();
            }
            tell(context);
        }
    }

    private static void tell(LiveContext context) {
        List<Event> frames = context.published().events("frames");
        for (String type : List.of(
                "display-opened",
                "eye-distance",
                "scene-shown",
                "recentred",
                "focus-lost",
                "focus-back",
                "display-hidden",
                "display-seen",
                "picture",
                "picture-failed",
                "scene-failed",
                "display-lost",
                "display-back",
                "display-failed",
                "scene-ended")) {
            for (Event e : context.published().events(type)) {
                say(e.timeNanos() / 1_000_000 + " ms " + type + " " + new TreeMap<>(e.attributes()));
            }
        }
        List<Long> shown = all(frames, "displayNanos");
        List<Long> given = all(frames, "submitNanos");
        if (shown.size() < 3) {
            say(shown.size() + " frames");
            return;
        }
        List<Long> apart = new ArrayList<>();
        List<Long> early = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            if (i > 0) {
                apart.add(shown.get(i) - shown.get(i - 1));
            }
            early.add(shown.get(i) - given.get(i));
        }
        say(shown.size() + " frames, "
                + all(frames, "dropped").stream().mapToLong(n -> n).sum() + " dropped");
        say("ms between two display times: " + quartiles(apart));
        say("ms from giving a frame away to its display time: " + quartiles(early));
        List<?> head = (List<?>) frames.get(0).attributes().get("head");
        say("first head: " + head.subList(0, 7));
        List<?> last = (List<?>) frames.get(frames.size() - 1).attributes().get("head");
        say("last head: " + last.subList(last.size() - 7, last.size()));
        for (String what : List.of("left", "right", "gaze")) {
            say(what + ": "
                    + (frames.stream().anyMatch(e -> e.attributes().containsKey(what)) ? "tracked" : "not there"));
        }
    }

    private static List<Long> all(List<Event> frames, String what) {
        List<Long> all = new ArrayList<>();
        frames.forEach(e -> ((List<?>) e.attributes().get(what)).forEach(v -> all.add((Long) v)));
        return all;
    }

    private static String quartiles(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int n = sorted.size() - 1;
        return String.format(
                java.util.Locale.ROOT,
                "least %.2f, median %.2f, 95 %% below %.2f, most %.2f",
                sorted.get(0) / 1e6,
                sorted.get(n / 2) / 1e6,
                sorted.get((int) (n * 0.95)) / 1e6,
                sorted.get(n) / 1e6);
    }

    private static void say(String words) {
        System.out.println(words);
    }
}
