package org.anodyne.plugin.tck.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The control port of a simulator: one command a line, one line of JSON back ({@code state}, {@code fault NAME}, {@code clear
 * NAME}). Thread: one at a time.
 */
final class Control implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final PrintWriter out;

    /** @throws IOException when nothing answers there */
    Control(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IOException("'" + address + "' is no HOST:PORT of a simulator's control port");
        }
        socket.connect(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Gives a command and returns its answer. */
    String ask(String command) throws IOException {
        out.println(command);
        String answer = in.readLine();
        if (answer == null) {
            throw new IOException("the simulator closed its control port");
        }
        return answer;
    }

    /** The faults that the simulator has: it lists them when it is asked for one that it has not. */
    List<String> faults() throws IOException {
        String answer = ask("fault none-of-these");
        int list = answer.indexOf("use one of ");
        if (list < 0) {
            return List.of();
        }
        return Arrays.stream(answer.substring(list + "use one of ".length())
                        .replaceAll("[\"}\\s]", "")
                        .split(","))
                .filter(name -> name.matches("[a-z-]+"))
                .toList();
    }

    /** A number of the simulator's state; empty when it has none of this name. */
    OptionalDouble number(String name) throws IOException {
        Matcher told =
                Pattern.compile("\"" + name + "\":(-?[0-9.]+(?:[eE]-?[0-9]+)?)").matcher(ask("state"));
        return told.find() ? OptionalDouble.of(Double.parseDouble(told.group(1))) : OptionalDouble.empty();
    }

    /** A text of the simulator's state; empty when it has none of this name. */
    Optional<String> text(String name) throws IOException {
        Matcher told = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(ask("state"));
        return told.find() ? Optional.of(told.group(1)) : Optional.empty();
    }

    /** Whether anything reaches the body. */
    boolean outputOn() throws IOException {
        String state = ask("state");
        if (state.contains("\"outputOn\":true")) {
            return true;
        }
        if (state.contains("\"outputOn\":false")) {
            return false;
        }
        throw new IOException("the simulator's state has no outputOn: " + state);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
