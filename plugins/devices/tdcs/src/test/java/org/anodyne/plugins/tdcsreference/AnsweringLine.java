package org.anodyne.plugins.tdcsreference;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anodyne.line.Line;

/** A line with a device at its end that answers at once; all on the thread of who owns the line. */
abstract class AnsweringLine implements Line {
    private final Deque<Byte> toHost = new ArrayDeque<>();
    private final StringBuilder fromHost = new StringBuilder();

    /** The device hears a command, without its check. */
    abstract void answer(String command);

    final void say(byte[] bytes) {
        for (byte b : bytes) {
            toHost.add(b);
        }
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
        for (byte b : bytes) {
            if (b == '\n') {
                String line = fromHost.toString();
                fromHost.setLength(0);
                if (line.length() > 4) {
                    answer(line.substring(0, line.length() - 4));
                }
            } else {
                fromHost.append((char) b);
            }
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
