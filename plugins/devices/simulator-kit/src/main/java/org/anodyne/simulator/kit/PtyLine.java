package org.anodyne.simulator.kit;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The line over one end of a pseudo-terminal, opened by its path. When the other end goes, the path is tried again until
 * it can be opened.
 */
final class PtyLine implements Line {

    private static final long POLL_MILLIS = 1;
    private static final long RETRY_MILLIS = 50;
    private static final long STTY_SECONDS = 5;

    private final Path path;
    private final LineWriter writer = new LineWriter("line-writer");
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile boolean cut;

    /**
     * Looks at the path without opening it.
     *
     * @throws IllegalArgumentException when there is no device at the path
     */
    PtyLine(Path path) {
        if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new IllegalArgumentException("There is no pseudo-terminal at " + path
                    + ": make a pair first, for example with socat, and name one of its ends");
        }
        this.path = path;
    }

    @Override
    public void open(Listener listener) {
        Thread thread = new Thread(() -> serve(listener), "line-reader");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String address() {
        return path.toString();
    }

    @Override
    public void write(byte[] bytes) {
        writer.write(bytes);
    }

    @Override
    public void cut(boolean isCut) {
        cut = isCut;
        if (isCut) {
            writer.connect(null);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        writer.close();
    }

    private void serve(Listener listener) {
        try {
            while (!waited(RETRY_MILLIS)) {
                // A path that has gone with its pair is simply looked for again.
                if (!cut && Files.exists(path)) {
                    makeRaw();
                    session(listener);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void session(Listener listener) throws InterruptedException {
        boolean open = false;
        // Opened for writing without creating: a path that has gone must not become an ordinary file.
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE);
                FileInputStream in = new FileInputStream(path.toFile())) {
            writer.connect(out);
            open = true;
            listener.connected(true, System.nanoTime());
            listen(in, listener);
        } catch (IOException gone) {
            // The other end has closed, or is not there yet: the caller tries again.
            return;
        } finally {
            writer.connect(null);
            if (open) {
                listener.connected(false, System.nanoTime());
            }
        }
    }

    /** Asks before reading: a read that waits could not be ended when the cable is to be pulled. */
    private void listen(FileInputStream in, Listener listener) throws IOException, InterruptedException {
        byte[] buffer = new byte[4096];
        while (!cut && closed.getCount() > 0) {
            if (in.available() == 0) {
                waited(POLL_MILLIS);
                continue;
            }
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            listener.heard(Arrays.copyOf(buffer, count), System.nanoTime());
        }
    }

    /** Without raw mode the terminal would echo, and take 03 for "interrupt". Where stty is missing, the caller sets it. */
    private void makeRaw() throws InterruptedException {
        try {
            Process stty = new ProcessBuilder("stty", "-F", path.toString(), "raw", "-echo")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
            }
        } catch (IOException missing) {
            return;
        }
    }

    /** Waits, and says whether the line was closed meanwhile. */
    private boolean waited(long millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }
}
