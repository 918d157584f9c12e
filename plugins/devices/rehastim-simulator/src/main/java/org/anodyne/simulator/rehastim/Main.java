package org.anodyne.simulator.rehastim;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            run(Options.parse(List.of(arguments)));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options) {
        try (TraceFile trace = new TraceFile(options.trace());
                Line line = options.tcp().isPresent()
                        ? new TcpLine(options.tcp().get())
                        : new PtyLine(options.pty().orElseThrow())) {
            Simulator simulator = new Simulator(options.unit(), line, trace);
            Optional<Control> control = options.control().map(port -> Control.socket(simulator, port));
            control.ifPresent(socket -> System.out.println("CONTROL " + socket.address()));
            System.out.println("LISTENING " + line.address());
            Control.standardInput(simulator, options.quitAtEnd());
            simulator.run();
            control.ifPresent(Control::close);
        }
    }
}
