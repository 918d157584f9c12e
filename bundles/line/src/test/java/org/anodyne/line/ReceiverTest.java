package org.anodyne.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    /** Gives back what was written to it. */
    private static final class Echo implements Line {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public int read(byte[] into) {
            byte[] all = written.toByteArray();
            written.reset();
            System.arraycopy(all, 0, into, 0, all.length);
            return all.length;
        }

        @Override
        public void write(byte[] bytes) {
            written.writeBytes(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A patience of hours that returned says that nothing was waited for. */
    @Test
    void overALineInMemoryNothingIsWaitedFor() throws Exception {
        Echo echo = new Echo();
        Receiver receiver = Receiver.over(echo);
        receiver.write("hello".getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[16];
        long hours = Duration.ofHours(3).toNanos();
        assertEquals(5, receiver.read(buffer, hours));
        assertEquals(0, receiver.read(buffer, hours));
        receiver.hold(buffer, hours);
        receiver.close();
        assertFalse(echo.closed, "the line is the caller's");
        assertThrows(IllegalStateException.class, () -> receiver.open(Duration.ofSeconds(1)));
    }
}
