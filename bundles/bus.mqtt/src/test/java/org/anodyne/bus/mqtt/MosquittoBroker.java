package org.anodyne.bus.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Mosquitto process on a free port of 127.0.0.1 that can be killed and started again on the same store. */
final class MosquittoBroker implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

    private final Path folder;
    private final int port = Ports.free();
    private Process process;

    /** One that saves each change at once, which is slow, so that its death loses nothing. */
    static MosquittoBroker saving(Path folder) throws IOException {
        return new MosquittoBroker(folder, "allow_anonymous true", "autosave_on_changes true", "autosave_interval 1");
    }

    MosquittoBroker(Path folder, String... more) throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM), "not tested: there is no " + PROGRAM + "; install the package mosquitto");
        this.folder = folder;
        String user = System.getProperty("user.name");
        Files.writeString(
                folder.resolve("mosquitto.conf"),
                String.join(
                        "\n",
                        "listener " + port + " 127.0.0.1",
                        "user " + user,
                        "persistence true",
                        "persistence_location " + folder + "/",
                        "max_queued_messages 0",
                        "set_tcp_nodelay true",
                        "log_dest file " + folder.resolve("mosquitto.log"),
                        String.join("\n", more.length == 0 ? List.of("allow_anonymous true") : List.of(more)),
                        ""));
        start();
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        Await.until("mosquitto listens", this::listens);
    }

    /** Ends it without a chance to save anything. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("mosquitto did not die");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as an operator does: it saves what it has. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("mosquitto did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        kill();
    }

    private boolean listens() {
        if (!process.isAlive()) {
            try {
                throw new IllegalStateException("mosquitto ended: " + Files.readString(folder.resolve("output.log")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        try (Socket s = new Socket()) {
            s.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
