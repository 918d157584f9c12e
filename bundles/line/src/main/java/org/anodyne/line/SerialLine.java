package org.anodyne.line;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A serial port or a pseudo-terminal, opened by its path. */
final class SerialLine implements Line {
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

    @Override
    public void close() {
        port.closePort();
    }
}
