package org.anodyne.simulator.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** For tests: two pseudo-terminals that are connected to each other by {@code socat}, which runs until it is closed. */
public final class TerminalPair implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatorProcess socat;
    private final Path host;
    private final Path device;

    private TerminalPair(SimulatorProcess socat, Path host, Path device) {
        this.socat = socat;
        this.host = host;
        this.device = device;
    }

    /**
     * A pair whose ends lie in this folder.
     *
     * @return empty when socat is not installed
     * @throws AssertionError when the ends are not there after 30 s
     */
    public static Optional<TerminalPair> open(Path folder) {
        Path host = folder.resolve("host");
        Path device = folder.resolve("device");
        SimulatorProcess socat;
        try {
            socat = SimulatorProcess.other("socat", "pty,raw,echo=0,link=" + host, "pty,raw,echo=0,link=" + device);
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!(Files.exists(host) && Files.exists(device))) {
            if (System.nanoTime() - deadline > 0) {
                socat.close();
                throw new AssertionError("socat made no pseudo-terminals in " + folder);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return Optional.of(new TerminalPair(socat, host, device));
    }

    /** The adapter's end, as an address {@code pty:PATH}. */
    public String address() {
        return "pty:" + host;
    }

    /** The simulator's end, for its option {@code --pty}. */
    public String device() {
        return device.toString();
    }

    @Override
    public void close() {
        socat.close();
    }
}
