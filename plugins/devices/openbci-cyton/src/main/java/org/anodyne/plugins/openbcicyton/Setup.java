package org.anodyne.plugins.openbcicyton;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.line.Receiver;

/** Stops the board, resets it, sets every channel and starts it; each answer is checked. Thread: the owner of the line. */
final class Setup {
    private static final String END = "$$$";
    private static final int LONGEST_REPLY = 8192;
    private static final Duration RESET = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration OPTIONAL = Duration.ofMillis(300);
    private static final Pattern CHANNEL_SET = Pattern.compile("Success: Channel set for (\\d{1,3})");

    private final Receiver line;
    private final Settings settings;
    private final byte[] buffer = new byte[1024];

    Setup(Receiver line, Settings settings) {
        this.line = line;
        this.settings = settings;
    }

    /**
     * Sets the board up and starts it.
     *
     * @return the board's banner
     * @throws IOException when it does not answer, or says no
     */
    String run() throws IOException, InterruptedException {
        stop(line);
        drain();
        String banner = ask("v", RESET);
        if (!banner.contains("OpenBCI")) {
            throw new IOException("what answers is no OpenBCI board; it says: " + shown(banner));
        }
        boolean hasDaisy = banner.contains("Daisy");
        if (settings.daisy() && !hasDaisy) {
            throw new IOException(
                    "no Daisy module answered (parameter daisy is true); the board says: " + shown(banner));
        }
        if (hasDaisy) {
            // Not every firmware answers this one; what matters is seen in the packets.
            say(settings.daisy() ? "C" : "c");
            reply(OPTIONAL);
        }
        for (Channel channel : settings.channels()) {
            String answer = ask(channel.command(), settings.reply());
            Matcher set = CHANNEL_SET.matcher(answer);
            if (!set.find() || Integer.parseInt(set.group(1)) != channel.number()) {
                throw new IOException("channel " + channel.number() + " was not set (" + channel.command()
                        + "); the board says: " + shown(answer));
            }
        }
        if (settings.aux() != Settings.Aux.ACCELEROMETER) {
            String answer = ask("/" + settings.aux().mode(), settings.reply());
            if (!answer.contains("Success")) {
                throw new IOException(
                        "the board mode /" + settings.aux().mode() + " was not set; the board says: " + shown(answer));
            }
        }
        if (settings.timeStamps()) {
            String answer = ask("<", settings.reply());
            if (!answer.contains("Time stamp ON")) {
                throw new IOException("time stamps were not switched on; the board says: " + shown(answer));
            }
        }
        say("b");
        return banner;
    }

    /** Ends the stream; the board does not answer to it while it streams. */
    static void stop(Receiver line) throws IOException {
        line.write(bytes("s"));
    }

    /** Reads until nothing has come for a moment: the rest of a stream. */
    private void drain() throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (line.read(buffer, QUIET.toNanos()) > 0) {
            if (System.nanoTime() - until >= 0) {
                stop(line);
                until = System.nanoTime() + RESET.toNanos();
            }
        }
    }

    private void say(String command) throws IOException {
        line.write(bytes(command));
    }

    private String ask(String command, Duration patience) throws IOException, InterruptedException {
        say(command);
        String answer = reply(patience);
        if (!answer.endsWith(END)) {
            throw new IOException("the board did not answer to '" + command + "' within " + patience.toMillis() + " ms"
                    + (answer.isEmpty() ? "" : "; it said: " + shown(answer)));
        }
        return answer;
    }

    /** What comes until {@code $$$}, or in this time. */
    private String reply(Duration patience) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        long until = System.nanoTime() + patience.toNanos();
        while (text.indexOf(END) < 0 && text.length() < LONGEST_REPLY) {
            long left = until - System.nanoTime();
            int count = left > 0 ? line.read(buffer, left) : 0;
            if (count == 0) {
                break;
            }
            text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** For a person: one short line of printable characters. */
    private static String shown(String text) {
        String line = text.replaceAll("[^ -~]+", " ").strip();
        return line.isEmpty() ? "nothing" : "\"" + (line.length() > 200 ? line.substring(0, 200) + "…" : line) + "\"";
    }
}
