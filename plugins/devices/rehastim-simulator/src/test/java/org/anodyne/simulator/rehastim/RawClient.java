package org.anodyne.simulator.rehastim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HexFormat;

/** A host that uses nothing of the simulator: hexadecimal text in, hexadecimal text out. */
final class RawClient implements AutoCloseable {

    private static final String FIRST_INIT = "F0 81 47 81 56 00 01 01 0F";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    void send(String hex) throws IOException {
        out.write(HexFormat.ofDelimiter(" ").parseHex(hex));
        out.flush();
    }

    /** The next frame; its first five bytes are taken by position, the rest up to 0F. */
    String receive() throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int value;
        do {
            value = in.read();
            if (value < 0) {
                return "end";
            }
            frame.write(value);
        } while (frame.size() <= 5 || value != 0x0F);
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(frame.toByteArray());
    }

    /** The answer; an Init that crossed its own acknowledgement is left out. */
    String ask(String hex) throws IOException {
        send(hex);
        String answer = receive();
        while (answer.equals(FIRST_INIT)) {
            answer = receive();
        }
        return answer;
    }

    /** Waits for Init number 0 and acknowledges it. */
    void openSession() throws IOException {
        String frame = receive();
        if (!frame.equals(FIRST_INIT)) {
            throw new AssertionError("expected Init, got " + frame);
        }
        send("F0 81 7F 81 56 00 02 00 0F");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
