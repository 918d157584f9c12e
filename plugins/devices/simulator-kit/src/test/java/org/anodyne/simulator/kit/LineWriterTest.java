package org.anodyne.simulator.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    private static final int BYTES = 5_000;

    /** A host that reads nothing until it is let go. */
    private static final class SlowHost extends OutputStream {
        private final CountDownLatch reads = new CountDownLatch(1);
        private final CountDownLatch all;
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();

        SlowHost(int bytes) {
            all = new CountDownLatch(bytes);
        }

        @Override
        public void write(int b) {
            try {
                reads.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            got.write(b);
            all.countDown();
        }
    }

    @Test
    void whatIsSentByteByByteHasAsMuchRoomAsWhatIsSentAtOnce() throws InterruptedException {
        SlowHost host = new SlowHost(BYTES);
        LineWriter writer = new LineWriter("writer-under-test");
        writer.connect(host);
        byte[] sent = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            sent[i] = (byte) (i * 7);
            writer.write(new byte[] {sent[i]});
        }
        host.reads.countDown();
        assertTrue(host.all.await(20, TimeUnit.SECONDS), "all bytes came");
        writer.close();
        assertArrayEquals(sent, host.got.toByteArray());
    }

    @Test
    void whatDoesNotFitIsLost() throws InterruptedException {
        SlowHost host = new SlowHost(1);
        LineWriter writer = new LineWriter("writer-under-test");
        writer.connect(host);
        for (int i = 0; i < 1_000; i++) {
            writer.write(new byte[1_000]);
        }
        host.reads.countDown();
        assertTrue(host.all.await(20, TimeUnit.SECONDS));
        Thread.sleep(200); // time in which too much would come
        writer.close();
        assertTrue(host.got.size() <= 66_000, host.got.size() + " bytes came");
    }
}
