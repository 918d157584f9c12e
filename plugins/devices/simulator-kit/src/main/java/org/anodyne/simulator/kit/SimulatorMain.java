package org.anodyne.simulator.kit;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Runs a simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class SimulatorMain {

    private SimulatorMain() {}

    /**
     * Runs until {@code quit}; a simulator's {@code main} does nothing else. Ends the process with exit code 2 when the
     * command line or the line cannot be used.
     */
    public static void run(String[] arguments, Simulation simulation) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.usage(simulation));
            return;
        }
        try {
            run(Options.parse(List.of(arguments), simulation), simulation);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options, Simulation simulation) {
        try (TraceFile trace = new TraceFile(options.trace());
                Line line = options.tcp().isPresent()
                        ? new TcpLine(options.tcp().get())
                        : new PtyLine(options.pty().orElseThrow())) {
            long now = System.nanoTime();
            SimulatedDevice device = simulation.maker().make(options, line, trace, now);
            options.faults().forEach(fault -> device.faults().inject(fault, now));
            Simulator simulator = new Simulator(device, line, trace, now);
            Optional<Control> control = options.control().map(port -> Control.socket(simulator, port));
            control.ifPresent(socket -> System.out.println("CONTROL " + socket.address()));
            System.out.println("LISTENING " + line.address());
            Control.standardInput(simulator, options.quitAtEnd());
            simulator.run();
            Control.awaitAnswered();
            control.ifPresent(Control::close);
        }
    }
}
