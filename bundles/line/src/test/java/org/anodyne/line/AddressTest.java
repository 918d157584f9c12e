package org.anodyne.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    private static final SerialSettings SETTINGS = SerialSettings.baud(9600);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "tcp:127.0.0.1",
        "tcp:127.0.0.1:0",
        "tcp:127.0.0.1:65536",
        "tcp::5",
        "udp:1:2",
        "serial:",
        "/dev/ttyUSB0",
        "''"
    })
    void strangeAddressIsRefused(String text) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Address.parse(text))
                .getMessage()
                .contains(Address.FORMS));
    }

    @ParameterizedTest
    @CsvSource({"serial:/dev/ttyUSB0", "serial:COM3", "pty:/tmp/a", "tcp:127.0.0.1:4711", "tcp:amp.lab:1"})
    void addressIsWrittenAsItIsRead(String text) {
        assertEquals(text, Address.parse(text).toString());
    }

    @Test
    void aPortThatIsNotThereIsSaidSo() {
        IOException refusal = assertThrows(IOException.class, () -> Address.parse("serial:/dev/no-such-port")
                .open(SETTINGS, PATIENCE));
        assertTrue(refusal.getMessage().contains("/dev/no-such-port"), refusal.getMessage());
    }

    @Test
    void bytesPassBothWaysAndTheEndIsNoticed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Line line =
                        Address.parse("tcp:127.0.0.1:" + server.getLocalPort()).open(SETTINGS, PATIENCE);
                Socket device = server.accept()) {
            byte[] buffer = new byte[16];
            assertEquals(0, line.read(buffer)); // nothing there, and no waiting for it
            line.write(new byte[] {1, 2, 3});
            assertArrayEquals(new byte[] {1, 2, 3}, device.getInputStream().readNBytes(3));
            device.getOutputStream().write(new byte[] {4, 5});
            assertArrayEquals(new byte[] {4, 5}, read(line, 2));
            device.close();
            assertThrows(IOException.class, () -> read(line, 1));
        }
    }

    private static byte[] read(Line line, int count) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16];
        return assertTimeoutPreemptively(PATIENCE, () -> {
            while (all.size() < count) {
                all.write(buffer, 0, line.read(buffer));
                Thread.onSpinWait();
            }
            return all.toByteArray();
        });
    }

    @Test
    void aPseudoTerminalIsOpenedAgainAlsoWhereADeviceWantsParity(@TempDir Path folder) throws Exception {
        Path here = folder.resolve("here");
        Process socat;
        try {
            socat = new ProcessBuilder(
                            "socat", "pty,raw,echo=0,link=" + here, "pty,raw,echo=0,link=" + folder.resolve("there"))
                    .start();
        } catch (IOException e) {
            Assumptions.abort("SKIPPED: socat is not installed");
            return;
        }
        try {
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!Files.exists(here) && System.nanoTime() - until < 0) {
                LockSupport.parkNanos(1_000_000);
            }
            for (int i = 0; i < 3; i++) {
                Address.parse("pty:" + here)
                        .open(SerialSettings.evenParity(460_800), PATIENCE)
                        .close();
            }
        } finally {
            socat.destroyForcibly().waitFor();
        }
    }
}
