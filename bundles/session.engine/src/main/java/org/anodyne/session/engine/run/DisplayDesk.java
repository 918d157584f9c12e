package org.anodyne.session.engine.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.anodyne.host.HostException;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/**
 * What an operator asks of the display of a session: to make where the participant is the middle, and to show a message. Both
 * stand in the record. Thread: any.
 */
public final class DisplayDesk {
    /** More is not read at a glance (engineering default). */
    static final int MOST_CHARACTERS = 200;

    /** Shortest and longest time a message is shown, seconds (engineering defaults). */
    static final double LEAST_SECONDS = 2;

    static final double MOST_SECONDS = 60;

    /** For reading slowly, about ten characters a second, after a while for noticing (engineering defaults). */
    private static final double NOTICING = 3;

    private static final double PER_CHARACTER = 0.1;

    private final Stage stage;
    private final Optional<String> display;

    DisplayDesk(Stage stage) {
        this.stage = stage;
        display = stage.slots().values().stream()
                .filter(s -> s.kind() == PluginKind.DISPLAY)
                .map(Slot::name)
                .findFirst();
    }

    /** Whether this slot is the display's. */
    public boolean is(String slot) {
        return display.filter(slot::equals).isPresent();
    }

    /** The stage gives what was done, or fails with {@link HostException} and why it was not. */
    public CompletionStage<String> recentre(String by) {
        if (display.isEmpty()) {
            return none();
        }
        return stage.host().recentre(display.get()).thenApply(status -> {
            said("recentre", Map.of("by", by));
            return "recentred";
        });
    }

    /**
     * Shows a message; the stage gives what was done, or fails with {@link HostException} and why it was not.
     *
     * @param seconds how long; 0 for what reading it takes
     */
    public CompletionStage<String> tell(String text, double seconds, String by) {
        String words = text.strip();
        String refusal = refusal(words, seconds);
        if (!refusal.isEmpty()) {
            return CompletableFuture.failedFuture(new HostException(refusal));
        }
        if (display.isEmpty()) {
            return none();
        }
        double shown = seconds > 0 ? seconds : Math.min(MOST_SECONDS, NOTICING + PER_CHARACTER * words.length());
        return stage.host()
                .tell(display.get(), words, Duration.ofMillis(Math.round(1000 * shown)))
                .thenApply(status -> {
                    said("message", Map.of("text", words, "seconds", shown, "by", by));
                    return String.format(java.util.Locale.ROOT, "shown for %.0f s", shown);
                });
    }

    private static String refusal(String words, double seconds) {
        if (words.isEmpty() || words.length() > MOST_CHARACTERS) {
            return "a message has 1 to " + MOST_CHARACTERS + " characters, this one has " + words.length();
        }
        if (words.codePoints().anyMatch(Character::isISOControl)) {
            return "a message is one paragraph, without line breaks and control characters";
        }
        if (seconds != 0 && !(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
            return "a message is shown for " + LEAST_SECONDS + " to " + MOST_SECONDS + " seconds, not " + seconds;
        }
        return "";
    }

    private void said(String type, Map<String, Object> attributes) {
        stage.voice().event(Voice.SESSION, type, stage.time().nowNanos(), attributes);
    }

    private static CompletionStage<String> none() {
        return CompletableFuture.failedFuture(new HostException("this session has no display"));
    }
}
