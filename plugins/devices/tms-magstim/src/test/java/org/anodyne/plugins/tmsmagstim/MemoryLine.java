package org.anodyne.plugins.tmsmagstim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.anodyne.line.Line;

/** A line with a stimulator at its end that is always ready, all on the owner's thread. */
final class MemoryLine implements Line {
    private final Deque<Byte> toHost = new ArrayDeque<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile BiFunction<String, byte[], byte[]> distortion = (command, reply) -> reply;

    /** What to do with the reply to a command before it leaves. */
    void distort(BiFunction<String, byte[], byte[]> how) {
        distortion = how;
    }

    /** All commands that came in. */
    List<String> received() {
        return received;
    }

    @Override
    public int read(byte[] into) {
        int count = 0;
        while (count < into.length && !toHost.isEmpty()) {
            into[count++] = toHost.remove();
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) {
        String command = new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1);
        received.add(command);
        String data =
                switch (command.charAt(0)) {
                    case 'F' -> "\u008c240245";
                    case 'J' -> "\u008c030000000";
                    case '\\' -> "\u008c\u00380500100000500050005" + "0";
                    case 'B', 'D', '[', '^', '_' -> "\u008c\u0038";
                    default -> "\u008c";
                };
        for (byte b : distortion.apply(command, Frame.of(command.charAt(0) + data))) {
            toHost.add(b);
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
