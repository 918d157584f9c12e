package org.anodyne.line;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A serial port or a pseudo-terminal, opened by its path. */
final class SerialLine implements Line {
    /** Longer is not waited for a line that takes nothing any more (engineering default). */
    private static final long DRAIN_NANOS = 1_000_000_000L;

    private static final long DRAIN_LOOK_NANOS = 1_000_000;

    private final SerialPort port;

    private SerialLine(SerialPort port) {
        this.port = port;
    }

    static SerialLine open(String path, SerialSettings settings) throws IOException {
        if (path.startsWith("/") && !Files.exists(Path.of(path))) {
            throw new IOException("there is no " + path);
        }
        SerialPort port;
        try {
            port = SerialPort.getCommPort(path);
        } catch (SerialPortInvalidPortException e) {
            throw new IOException(path + " is no serial port", e);
        }
        port.setComPortParameters(
                settings.baud(),
                settings.dataBits(),
                settings.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
                switch (settings.parity()) {
                    case NONE -> SerialPort.NO_PARITY;
                    case EVEN -> SerialPort.EVEN_PARITY;
                    case ODD -> SerialPort.ODD_PARITY;
                });
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
        if (!port.openPort(0)) {
            throw new IOException(path + " cannot be opened (error " + port.getLastErrorCode()
                    + "); check that it is plugged in, that no other program uses it and that you may use it");
        }
        return new SerialLine(port);
    }

    @Override
    public int read(byte[] into) throws IOException {
        int count = port.readBytes(into, into.length);
        if (count < 0) {
            throw new IOException("the line is gone (error " + port.getLastErrorCode() + ")");
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        int count = port.writeBytes(bytes, bytes.length);
        if (count < bytes.length) {
            throw new IOException("the line takes no more bytes (error " + port.getLastErrorCode() + ")");
        }
    }

    /** Waits a moment for what was written to be on its way: closing throws away the rest, and it may be an order to stop. */
    @Override
    public void close() {
        long until = System.nanoTime() + DRAIN_NANOS;
        while (port.bytesAwaitingWrite() > 0
                && System.nanoTime() - until < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(DRAIN_LOOK_NANOS);
        }
        port.closePort();
    }
}
