package org.anodyne.bench.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulated device in a process of its own, as shipped in {@code simulators/}, with its control port and its trace. One
 * thread at a time.
 */
final class Simulator implements AutoCloseable {
    private static final Pattern TIME = Pattern.compile("^\\{\"t\":(\\d+)");
    private static final int READY_SECONDS = 20;
    private static final int ANSWER_MILLIS = 5_000;

    private final Process process;
    private final String address;
    private final Optional<Terminals> terminals;
    private final Path trace;
    private final Socket control;
    private final BufferedReader in;
    private final PrintWriter out;

    private Simulator(Process process, String address, Optional<Terminals> terminals, int controlPort, Path trace)
            throws IOException {
        this.process = process;
        this.address = address;
        this.terminals = terminals;
        this.trace = trace;
        this.control = new Socket(InetAddress.getLoopbackAddress(), controlPort);
        control.setTcpNoDelay(true);
        control.setSoTimeout(ANSWER_MILLIS);
        this.in = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        this.out = new PrintWriter(control.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param device as in {@code simulators/<device>-simulator.jar}
     * @throws IllegalStateException when it is not shipped or does not start; the message is for a person
     */
    static Simulator start(Path home, String device, Path folder, String... options)
            throws IOException, InterruptedException {
        return start(home, device, folder, LineKind.TCP, options);
    }

    /**
     * Starts one on a line of this kind.
     *
     * @throws IOException when there can be no such line here; the message is for a person
     */
    static Simulator start(Path home, String device, Path folder, LineKind line, String... options)
            throws IOException, InterruptedException {
        if (line == LineKind.TCP) {
            return start(home, device, folder, Optional.empty(), options);
        }
        Terminals terminals = Terminals.open(folder, device);
        try {
            return start(home, device, folder, Optional.of(terminals), options);
        } catch (IOException | RuntimeException | InterruptedException e) {
            terminals.close();
            throw e;
        }
    }

    private static Simulator start(
            Path home, String device, Path folder, Optional<Terminals> terminals, String... options)
            throws IOException, InterruptedException {
        Path jar = home.resolve("simulators").resolve(device + "-simulator.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("the simulator " + jar + " is missing; build again");
        }
        Path trace = folder.resolve(device + ".jsonl");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                terminals.isPresent() ? "--pty" : "--tcp",
                terminals.map(Terminals::device).orElse("0"),
                "--control",
                "0",
                "--seed",
                "1",
                "--quit-at-end",
                "--trace",
                trace.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String[] said = said(process);
            String address = terminals.map(Terminals::address).orElse("tcp:" + said[1]);
            int control = Integer.parseInt(said[0].substring(said[0].lastIndexOf(':') + 1));
            return new Simulator(process, address, terminals, control, trace);
        } catch (IOException | RuntimeException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Addresses of the control port and of the line. */
    private static String[] said(Process process) throws InterruptedException {
        BufferedReader lines = process.inputReader();
        String[] said = new String[2];
        CompletableFuture<Void> ready = CompletableFuture.runAsync(() -> {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("CONTROL ")) {
                        said[0] = line.substring("CONTROL ".length());
                    } else if (line.startsWith("LISTENING ")) {
                        said[1] = line.substring("LISTENING ".length());
                        return;
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("the simulator ended before it was ready", e);
            }
        });
        try {
            ready.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the simulator was not ready after " + READY_SECONDS + " s", e);
        }
        if (said[0] == null || said[1] == null) {
            throw new IllegalStateException("the simulator ended before it was ready");
        }
        return said;
    }

    /** Where an adapter finds it, {@code tcp:HOST:PORT} or {@code pty:PATH}. */
    String address() {
        return address;
    }

    /** Its trace, one line of JSON per event; {@code t} is {@link System#nanoTime()} of this machine. */
    List<String> trace() throws IOException {
        return Files.readAllLines(trace);
    }

    /** When such lines came, {@link System#nanoTime()}. */
    static List<Long> times(List<String> trace, Pattern wanted) {
        List<Long> times = new ArrayList<>();
        for (String line : trace) {
            if (wanted.matcher(line).find()) {
                times.add(time(line));
            }
        }
        return times;
    }

    /** When a line of the trace came. */
    static long time(String line) {
        Matcher time = TIME.matcher(line);
        return time.find() ? Long.parseLong(time.group(1)) : Long.MIN_VALUE;
    }

    /** Whether it gives something to the body now. */
    boolean outputOn() throws IOException {
        return ask("state").contains("\"outputOn\":true");
    }

    /** A number of its state. */
    double number(String name) throws IOException {
        Matcher m = Pattern.compile("\"" + name + "\":(-?[0-9.]+)").matcher(ask("state"));
        return m.find() ? Double.parseDouble(m.group(1)) : Double.NaN;
    }

    /** Hands in one command of the control port and gives the answer. */
    String ask(String command) throws IOException {
        out.println(command);
        try {
            String answer = in.readLine();
            if (answer == null) {
                throw new IOException("the simulator has ended");
            }
            return answer;
        } catch (SocketTimeoutException e) {
            throw new IOException("the simulator did not answer '" + command + "' within " + ANSWER_MILLIS + " ms", e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        control.close();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (terminals.isPresent()) {
            terminals.get().close();
        }
    }
}
