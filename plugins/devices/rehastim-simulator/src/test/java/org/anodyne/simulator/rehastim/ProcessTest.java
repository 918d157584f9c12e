package org.anodyne.simulator.rehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anodyne.simulator.kit.Hex;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own, spoken to with literal bytes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProcessTest {

    private static final String LIST = "F0 81 13 81 5C 03 1E 00 01 00 0D 00 62 00 0F";
    private static final String START = "F0 81 E5 81 52 04 20 00 00 C8 81 5A 0F";
    private static final String INIT_AGAIN = "F0 81 2C 81 56 01 01 01 0F";

    @TempDir
    private Path folder;

    @Test
    void followsTheLiteralSessionOverTcp() throws Exception {
        Path trace = folder.resolve("trace.jsonl");
        try (SimulatorProcess simulator = simulator("--tcp", "0", "--trace", trace.toString());
                RawClient host = new RawClient(simulator.port("LISTENING"))) {
            host.openSession();
            assertEquals("F0 81 95 81 51 02 0B 00 00 0F", host.ask("F0 81 49 81 57 02 0A 0F"));
            assertEquals("F0 81 7C 81 56 03 1F 00 0F", host.ask(LIST));
            assertEquals("F0 81 45 81 56 04 21 00 0F", host.ask(START));
            simulator.await(state -> state.contains("\"outputOn\":true") && !state.contains("\"pulsesDelivered\":0"));
            host.send("F0 81 5C 81 57 01 04 0F");
            assertEquals("F0 81 04 81 56 05 23 00 0F", host.ask("F0 81 FA 81 57 05 22 0F"));
            assertEquals("F0 81 C7 81 56 06 25 00 0F", host.ask("F0 81 3B 81 53 06 24 00 00 C8 0A 0F"));
            String state = simulator.ask("state");
            assertTrue(state.contains("\"mode\":0") && state.contains("\"outputOn\":false"), state);
            assertTrue(simulator.ask("quit").contains("\"ok\":true"));
            assertEquals(0, simulator.exitCode());
        }
        List<String> lines = Files.readAllLines(trace);
        assertTrue(lines.get(0).contains("\"command\":\"init\""), lines.get(0));
        assertTrue(lines.stream()
                .anyMatch(line -> line.contains("\"event\":\"pulse\",\"channel\":1,\"widthUs\":200,"
                        + "\"ma\":14,\"commandedMa\":15,\"chargeUc\":2.800,\"count\":1}")));
        assertTrue(lines.stream().allMatch(line -> line.startsWith("{\"t\":") && line.endsWith("}")));
    }

    @Test
    void goesOffWhenItsHostIsGoneAndTakesTheNextOne() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0")) {
            int port = simulator.port("LISTENING");
            try (RawClient host = new RawClient(port)) {
                host.openSession();
                host.ask(LIST);
                host.ask(START);
                simulator.await(state -> state.contains("\"outputOn\":true"));
            }
            String state = simulator.await(each -> each.contains("\"outputOn\":false"));
            assertTrue(state.contains("AWAITING_INIT_ACK") && state.contains("\"connected\":false"), state);
            try (RawClient next = new RawClient(port)) {
                assertEquals(INIT_AGAIN, next.receive());
            }
        }
    }

    @Test
    void aSilentHostIsEndedByTheWatchdog() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                RawClient host = new RawClient(simulator.port("LISTENING"))) {
            host.openSession();
            host.ask(LIST);
            host.ask(START);
            assertEquals(INIT_AGAIN, host.receive());
            assertTrue(simulator.ask("state").contains("\"outputOn\":false"));
        }
    }

    @Test
    void takesFaultsFromStandardInput() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0")) {
            int port = simulator.port("LISTENING");
            try (RawClient host = new RawClient(port)) {
                host.openSession();
                host.ask(LIST);
                assertTrue(simulator.ask("fault electrode-off").contains("\"ok\":true"));
                assertEquals("F0 81 45 81 56 04 21 00 0F", host.ask(START));
                String error = host.receive();
                assertTrue(error.endsWith(" 01 26 FE 0F"), error);
                assertTrue(simulator.ask("fault nonsense").contains("use one of bad-crc, "));
                assertTrue(simulator.ask("fault cable-pulled").contains("\"ok\":true"));
                while (!host.receive().equals("end")) {
                    assertFalse(simulator.ask("state").isEmpty());
                }
            }
            try (RawClient refused = new RawClient(port)) {
                assertEquals("end", refused.receive());
            }
            assertTrue(simulator.ask("clear all").contains("\"ok\":true"));
            try (RawClient next = new RawClient(port)) {
                assertTrue(next.receive().contains(" 01 01 0F"));
            }
        }
    }

    @Test
    void answersOnItsControlSocketToo() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0", "--control", "0");
                Socket control = new Socket("127.0.0.1", simulator.port("CONTROL"))) {
            control.setSoTimeout(30_000);
            control.getOutputStream().write("state\nquit\n".getBytes(StandardCharsets.UTF_8));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
            assertTrue(answers.readLine().startsWith("{\"mode\":0,"));
            assertEquals(0, simulator.exitCode());
        }
    }

    @Test
    void saysWhatIsWrongWithItsCommandLine() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0", "--fault", "nonsense")) {
            assertTrue(simulator.line().contains("there is no fault \"nonsense\""));
            assertEquals(2, simulator.exitCode());
        }
        try (SimulatorProcess simulator =
                simulator("--pty", folder.resolve("none").toString())) {
            assertTrue(simulator.line().contains("There is no pseudo-terminal at"));
            assertEquals(2, simulator.exitCode());
        }
    }

    /** Java cannot make a pseudo-terminal, so a few lines of Python do and copy its other end to and from here. */
    @Test
    void followsTheLiteralSessionOverAPseudoTerminal() throws Exception {
        String python = """
                import os, pty, select, sys
                master, slave = pty.openpty()
                print(os.ttyname(slave), flush=True)
                while True:
                    for ready in select.select([0, master], [], [], 60)[0]:
                        data = os.read(ready, 4096)
                        if not data:
                            sys.exit()
                        os.write(master if ready == 0 else 1, data)
                """;
        Process pair = startOrSkip("python3", "-c", python);
        try (InputStream in = pair.getInputStream();
                OutputStream out = pair.getOutputStream()) {
            StringBuilder path = new StringBuilder();
            for (int value = in.read(); value >= 0 && value != '\n'; value = in.read()) {
                path.append((char) value);
            }
            Assumptions.assumeFalse(path.isEmpty(), "Python could not open a pseudo-terminal here");
            try (SimulatorProcess simulator = simulator("--pty", path.toString())) {
                assertEquals("LISTENING " + path, simulator.line());
                assertEquals("F0 81 47 81 56 00 01 01 0F", frame(in));
                write(out, "F0 81 7F 81 56 00 02 00 0F");
                // 03 and 1E would be taken by a terminal that is not raw.
                write(out, LIST);
                assertEquals("F0 81 7C 81 56 03 1F 00 0F", frame(in));
                write(out, START);
                assertEquals("F0 81 45 81 56 04 21 00 0F", frame(in));
                simulator.await(state -> state.contains("\"outputOn\":true"));
                assertEquals(INIT_AGAIN, frame(in));
                simulator.ask("fault cable-pulled");
                simulator.await(state -> state.contains("\"connected\":false"));
                simulator.ask("clear cable-pulled");
                simulator.await(state -> state.contains("\"connected\":true"));
                pair.destroyForcibly();
                simulator.await(state -> state.contains("\"connected\":false"));
            }
        } finally {
            pair.destroyForcibly();
        }
    }

    private static SimulatorProcess simulator(String... arguments) throws IOException {
        return SimulatorProcess.simulator("rehastim-simulator", arguments);
    }

    private static Process startOrSkip(String... command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException missing) {
            Assumptions.abort("python3 is not installed: the pseudo-terminal is not tried");
            throw new IllegalStateException(missing);
        }
    }

    private static void write(OutputStream out, String hex) throws IOException {
        out.write(CodecTest.hex(hex));
        out.flush();
    }

    private static String frame(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(6);
        while (bytes.length > 0 && bytes[bytes.length - 1] != 0x0F) {
            byte[] next = in.readNBytes(1);
            if (next.length == 0) {
                return "end";
            }
            bytes = CodecTest.joined(bytes, next);
        }
        return Hex.of(bytes);
    }
}
