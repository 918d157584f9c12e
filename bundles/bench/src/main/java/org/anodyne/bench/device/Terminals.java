package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Two pseudo-terminals that socat connects to each other, as long as it is open. */
final class Terminals implements AutoCloseable {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Process socat;
    private final Path host;
    private final Path device;

    private Terminals(Process socat, Path host, Path device) {
        this.socat = socat;
        this.host = host;
        this.device = device;
    }

    /**
     * Makes a pair.
     *
     * @param folder where the two ends get their names
     * @throws IOException when socat is not installed, or makes none within 20 s; the message is for a person
     */
    static Terminals open(Path folder, String name) throws IOException {
        Path host = folder.resolve(name + "-host");
        Path device = folder.resolve(name + "-device");
        Process socat;
        try {
            socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + host, "pty,raw,echo=0,link=" + device)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "pseudo-terminals need socat, which is not installed; install it or say lines=tcp", e);
        }
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!(Files.exists(host) && Files.exists(device))) {
            if (System.nanoTime() - until > 0 || !socat.isAlive()) {
                socat.destroyForcibly();
                throw new IOException("socat made no pseudo-terminals in " + folder);
            }
            LockSupport.parkNanos(5_000_000);
        }
        return new Terminals(socat, host, device);
    }

    /** The adapter's end, {@code pty:PATH}. */
    String address() {
        return "pty:" + host;
    }

    /** The simulator's end. */
    String device() {
        return device.toString();
    }

    @Override
    public void close() throws InterruptedException {
        socat.destroy();
        if (!socat.waitFor(5, TimeUnit.SECONDS)) {
            socat.destroyForcibly();
        }
    }
}
