package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both of our ends against those of the reference library, where {@code ./anodyne test} could fetch it. */
class LiblslTest {
    private static final Network NETWORK = Network.LOOPBACK.ports(36_572, 64);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHANNELS = 3;
    private static final double RATE = 100;

    @TempDir
    Path folder;

    private Path library;
    private Path script;

    @BeforeEach
    void find() throws Exception {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("anodyne"))) {
            at = at.getParent();
        }
        library = at == null ? Path.of("none") : at.resolve(".tools/liblsl/liblsl64.so");
        Assumptions.assumeTrue(
                Files.exists(library),
                "liblsl is not there; cnf/tools/fetch-liblsl.sh fetches it where npm is installed");
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the liblsl that is fetched is for Linux on x86-64");
        Assumptions.assumeTrue(
                new ProcessBuilder("python3", "-c", "import ctypes").start().waitFor() == 0, "python3 is not there");
        script = Path.of(getClass().getResource("/liblsl.py").toURI());
        Files.writeString(
                folder.resolve("lsl_api.cfg"),
                "[ports]\nBasePort = 36572\nPortRange = 64\nMulticastPort = 36571\nIPv6 = disable\n"
                        + "[multicast]\nResolveScope = machine\n[lab]\nKnownPeers = {127.0.0.1}\n");
    }

    private Process liblsl(String verb, String name, ChannelFormat format) throws IOException {
        Process process = new ProcessBuilder(
                        "python3",
                        script.toString(),
                        library.toString(),
                        verb,
                        name,
                        format.label(),
                        Integer.toString(CHANNELS),
                        Double.toString(RATE))
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        return process;
    }

    @ParameterizedTest
    @EnumSource(ChannelFormat.class)
    void theirInletTakesOurOutlet(ChannelFormat format) throws Exception {
        String name = "ours-" + format.label();
        StreamInfo wanted = StreamInfo.of(name, "Test", CHANNELS, RATE, format, name)
                .withChannels(List.of(
                        new StreamInfo.Channel("C0", "microvolts", "EEG"),
                        new StreamInfo.Channel("C1", "microvolts", "EEG"),
                        new StreamInfo.Channel("C2", "microvolts", "EEG")));
        Process theirs = null;
        try (Outlet outlet = Outlet.open(wanted, NETWORK)) {
            theirs = liblsl("take", name, format);
            Process process = theirs;
            BlockingQueue<String> lines = lines(process);
            List<String> said = new ArrayList<>();
            double first = LslClock.seconds();
            long until = System.nanoTime() + PATIENCE.toNanos();
            int pushed = 0;
            while (said.size() < 7 && System.nanoTime() - until < 0 && (process.isAlive() || !lines.isEmpty())) {
                if (outlet.receivers() > 0) {
                    outlet.push(new Sample(first + pushed / RATE, values(format, pushed)));
                    pushed++;
                }
                String line = lines.poll(10, TimeUnit.MILLISECONDS);
                if (line != null) {
                    said.add(line);
                }
            }
            assertEquals(7, said.size(), () -> said + errors());
            assertTrue(said.get(0).contains("<label>C2</label>"), said.get(0));
            double correction = Double.parseDouble(said.get(1).split(" ")[1]);
            assertTrue(Math.abs(correction) < 0.05, "one clock, and yet corrected by " + correction);
            for (String line : said.subList(2, 7)) {
                String[] words = line.split(" ");
                int k = (int) Math.round((Double.parseDouble(words[0]) - first) * RATE);
                assertEquals(first + k / RATE, Double.parseDouble(words[0]), 1e-6);
                for (int i = 0; i < CHANNELS; i++) {
                    String expected =
                            format == ChannelFormat.STRING ? "m" + k + "-" + i : Integer.toString(k % 100 + i);
                    assertEquals(expected, words[1 + i], line);
                }
            }
        } finally {
            if (theirs != null) {
                theirs.destroyForcibly().waitFor();
            }
        }
    }

    private static Sample.Values values(ChannelFormat format, int k) {
        if (format == ChannelFormat.STRING) {
            return new Sample.Texts(List.of("m" + k + "-0", "m" + k + "-1", "m" + k + "-2"));
        }
        return new Sample.Numbers(new double[] {k % 100, k % 100 + 1, k % 100 + 2});
    }

    @ParameterizedTest
    @EnumSource(ChannelFormat.class)
    void ourInletTakesTheirOutlet(ChannelFormat format) throws Exception {
        String name = "theirs-" + format.label();
        Process theirs = liblsl("offer", name, format);
        try {
            StreamInfo found = new Resolver(NETWORK)
                    .resolve(Resolver.query("default", Map.of("name", name)), 1, PATIENCE).stream()
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("not found" + errors()));
            StreamInfo full = Resolver.fullInfo(found, PATIENCE);
            assertEquals(
                    new StreamInfo.Channel("C1", "microvolts", "EEG"),
                    full.channels().get(1));
            assertEquals(RATE, full.rateHz());
            BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
            BlockingQueue<Double> away = new LinkedBlockingQueue<>();
            try (Inlet inlet = new Inlet(NETWORK, full, 1000, "test-inlet", new Inlet.Listener() {
                @Override
                public void connected(StreamInfo info, ClockOffset clock) {
                    away.add(Math.abs(clock.correctionSeconds()) - clock.uncertaintySeconds());
                }

                @Override
                public void sample(Sample sample, double localSeconds) {
                    samples.add(sample);
                }

                @Override
                public void clock(ClockOffset clock) {}

                @Override
                public void lost(String reason) {}
            })) {
                inlet.open(PATIENCE);
                assertTrue(away.remove() < 1e-4, "one clock, and yet corrected beyond the uncertainty");
                for (int n = 0; n < 20; n++) {
                    Sample sample = samples.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    assertTrue(sample != null, "no sample came");
                    assertTrue(Math.abs(sample.time() - LslClock.seconds()) < 60, "the clocks are the same");
                    if (sample.values() instanceof Sample.Texts texts) {
                        String k = texts.texts()
                                .get(0)
                                .substring(1, texts.texts().get(0).indexOf('-'));
                        assertEquals(List.of("m" + k + "-0", "m" + k + "-1", "m" + k + "-2"), texts.texts());
                    } else {
                        double[] v = sample.values().numbers();
                        assertEquals(v[0] + 2, v[2]);
                    }
                }
            }
        } finally {
            theirs.destroyForcibly().waitFor();
        }
    }

    private String errors() {
        try {
            return "; liblsl said: " + Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            return "";
        }
    }

    private static BlockingQueue<String> lines(Process process) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(
                () -> new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                        .lines()
                        .forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
        return lines;
    }
}
