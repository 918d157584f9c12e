package org.anodyne.simulator.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads commands line by line, from standard input and from a socket, each on a thread of its own. */
final class Control implements AutoCloseable {

    private static final long ANSWER_SECONDS = 5;
    private static final long LAST_ANSWER_SECONDS = 2;
    private static final int MOST_OPEN = 1024;
    /** One is taken for each answer that is being given. */
    private static final Semaphore OPEN = new Semaphore(MOST_OPEN);

    private final ServerSocket server;

    private Control(ServerSocket server) {
        this.server = server;
    }

    /** Reads standard input; with {@code quitAtEnd} its end is a quit, so that no simulator outlives its parent. */
    static void standardInput(Simulator simulator, boolean quitAtEnd) {
        daemon("control-input", () -> {
            converse(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                    new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
                    simulator);
            if (quitAtEnd) {
                simulator.command("quit");
            }
        });
    }

    /**
     * Listens on 127.0.0.1, 0 for any free port; several may be connected at once.
     *
     * @throws UncheckedIOException when the port is taken
     */
    static Control socket(Simulator simulator, int port) {
        try {
            ServerSocket server = new ServerSocket(port, 8, InetAddress.getByName("127.0.0.1"));
            daemon("control-accept", () -> serve(server, simulator));
            return new Control(server);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Control port " + port + " of 127.0.0.1 could not be opened: choose another one, or 0 for any", e);
        }
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
            return;
        }
    }

    private static void serve(ServerSocket server, Simulator simulator) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                daemon("control-client", () -> {
                    try (client) {
                        converse(
                                new BufferedReader(
                                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8)),
                                new PrintWriter(
                                        new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8), true),
                                simulator);
                    } catch (IOException gone) {
                        // Whoever asked has gone.
                        return;
                    }
                });
            } catch (IOException closed) {
                continue;
            }
        }
    }

    /** Waits a moment until who asked last has the answer, before the process ends with the device. */
    static void awaitAnswered() {
        try {
            if (!OPEN.tryAcquire(MOST_OPEN, LAST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("An answer could not be given before the simulator ended");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void converse(BufferedReader in, PrintWriter out, Simulator simulator) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    OPEN.acquireUninterruptibly();
                    try {
                        out.println(answer(simulator, line));
                    } finally {
                        OPEN.release();
                    }
                }
            }
        } catch (IOException gone) {
            // Whoever asked has gone.
            return;
        }
    }

    private static String answer(Simulator simulator, String command) {
        try {
            return simulator.command(command).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return new Json()
                    .put("ok", false)
                    .put(
                            "error",
                            "the device did not answer within " + ANSWER_SECONDS + " s: it has stopped, start it anew")
                    .toString();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Json().put("ok", false).put("error", "interrupted").toString();
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
