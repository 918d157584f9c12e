package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in another language takes part in the bus. */
class PythonProcessorTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int BLOCKS = 40;
    private static final int LENGTH = 25;
    private static final int CHANNELS = 2;
    private static final double RATE = 250;

    @Test
    void itPublishesTheRunningRmsOfWhatItIsSent(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(PYTHON) && succeeds("import paho.mqtt.client, cbor2"),
                "not tested: Python 3 with paho-mqtt and cbor2 is not there; install python3-paho-mqtt and python3-cbor2");
        Path program = Checkout.file("docs/examples/processor.py");
        try (ArtemisBroker broker = new ArtemisBroker(folder.resolve("broker"));
                MqttMessageBus bus = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(bus.subscribe("anodyne/1/lab/s1/feature/mine/+", got));
            Process python = new ProcessBuilder(
                            PYTHON.toString(),
                            program.toString(),
                            "--port",
                            Integer.toString(broker.port()),
                            "--session",
                            "s1",
                            "--input",
                            "eeg/raw",
                            "--channel",
                            "1",
                            "--seconds",
                            "0.5",
                            "--slot",
                            "mine")
                    .redirectError(folder.resolve("stderr").toFile())
                    .start();
            try {
                awaitReady(python, folder);
                List<SampleBlock> blocks = new ArrayList<>();
                for (int i = 0; i < BLOCKS; i++) {
                    blocks.add(block(i));
                    bus.publish(
                            Topic.of("lab", "s1", Topic.Kind.SAMPLE, "eeg", "raw"),
                            new Payload.Samples(blocks.get(i)),
                            1000 + i);
                }
                Await.until("a feature for each block came", () -> got.size() == BLOCKS || !python.isAlive());
                assertTrue(python.isAlive(), () -> text(folder));
                check(blocks, got.all(), bus.source());
                assertEquals("", text(folder));
            } finally {
                python.destroy();
                assertTrue(python.waitFor(20, TimeUnit.SECONDS));
            }
        }
    }

    private static SampleBlock block(int i) {
        float[] values = new float[CHANNELS * LENGTH];
        for (int k = 0; k < LENGTH; k++) {
            values[CHANNELS * k] = 1e6f; // not the channel that was asked for
            values[CHANNELS * k + 1] = (float) Math.sin(0.1 * (i * LENGTH + k)) * (1 + i);
        }
        long index = (long) i * LENGTH;
        return new SampleBlock("raw", index, Math.round(index * 1e9 / RATE), RATE, CHANNELS, values);
    }

    private static void check(List<SampleBlock> blocks, List<Message> messages, String self) {
        List<Double> squares = new ArrayList<>();
        int window = 125;
        for (int i = 0; i < BLOCKS; i++) {
            SampleBlock b = blocks.get(i);
            for (int k = 0; k < LENGTH; k++) {
                squares.add((double) b.at(k, 1) * b.at(k, 1));
            }
            List<Double> last = squares.subList(Math.max(0, squares.size() - window), squares.size());
            double rms = Math.sqrt(
                    last.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
            Message m = messages.get(i);
            Feature f =
                    assertInstanceOf(Payload.FeatureValue.class, m.payload()).feature();
            assertEquals("rms", f.name());
            assertEquals(b.endNanos(), f.timeNanos());
            assertEquals(1, f.values().length);
            assertEquals(rms, f.value(), 1e-9 * rms);
            assertEquals(1000 + i, m.envelope().acquiredNanos());
            assertEquals(i + 1, m.envelope().sequence());
            assertNotEquals(self, m.envelope().source());
        }
    }

    private static void awaitReady(Process python, Path folder) throws Exception {
        BufferedReader out = python.inputReader();
        String line = CompletableFuture.supplyAsync(() -> {
                    try {
                        return out.readLine();
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .get(40, TimeUnit.SECONDS);
        assertEquals("ready", line, () -> text(folder));
    }

    private static boolean succeeds(String code) throws Exception {
        Process p = new ProcessBuilder(PYTHON.toString(), "-c", code)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return p.waitFor(40, TimeUnit.SECONDS) && p.exitValue() == 0;
    }

    private static String text(Path folder) {
        try {
            return Files.readString(folder.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
