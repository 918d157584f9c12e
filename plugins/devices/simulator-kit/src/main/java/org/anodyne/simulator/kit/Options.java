package org.anodyne.simulator.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line, read.
 *
 * @param tcp port to listen on; exactly one of this and {@code pty} is there
 * @param pty end of a pseudo-terminal
 * @param control port for commands
 * @param trace file for the trace
 * @param quitAtEnd whether the end of standard input is a quit
 * @param seed of everything drawn by chance
 * @param faults from the beginning
 * @param own the device's own options that were given, by name
 */
public record Options(
        Optional<Integer> tcp,
        Optional<Path> pty,
        Optional<Integer> control,
        Optional<Path> trace,
        boolean quitAtEnd,
        long seed,
        List<Fault> faults,
        Map<String, String> own) {

    private static final String COMMON = """
              --tcp PORT          listen on 127.0.0.1; 0 takes any free port
              --pty PATH          open one end of a pseudo-terminal
              --control PORT      take commands on 127.0.0.1 too; 0 takes any free port
              --seed N            of everything drawn by chance (0)
              --fault F           NAME[=VALUE][@N|@*], may be given several times
              --trace FILE        one line of JSON for each thing that happens
              --quit-at-end       quit when standard input ends
            """;

    /** Copies the collections. */
    public Options {
        faults = List.copyOf(faults);
        own = Map.copyOf(own);
    }

    /** What a person can type. */
    static String usage(Simulation simulation) {
        StringBuilder text = new StringBuilder(simulation.title())
                .append("\nUsage: java -jar <this jar> (--tcp PORT | --pty PATH) [options]\n")
                .append(COMMON);
        simulation.options().forEach((name, meaning) -> text.append(String.format("  %-18s  %s%n", name, meaning)));
        text.append("Faults: ")
                .append(String.join(
                        ", ",
                        simulation.faults().stream()
                                .sorted()
                                .map(FaultKind::label)
                                .toList()))
                .append("\nCommands on standard input: state, fault F, clear NAME, clear all, quit\n");
        return text.toString();
    }

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException when one is unknown, has no value or a wrong one
     */
    static Options parse(List<String> arguments, Simulation simulation) {
        Optional<Integer> tcp = Optional.empty();
        Optional<Path> pty = Optional.empty();
        Optional<Integer> control = Optional.empty();
        Optional<Path> trace = Optional.empty();
        boolean quitAtEnd = false;
        long seed = 0;
        List<Fault> faults = new ArrayList<>();
        Map<String, String> own = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--quit-at-end")) {
                quitAtEnd = true;
                continue;
            }
            String value = i + 1 < arguments.size() ? arguments.get(++i) : "";
            switch (name) {
                case "--tcp" -> tcp = Optional.of(port(name, value));
                case "--pty" -> pty = Optional.of(Path.of(value));
                case "--control" -> control = Optional.of(port(name, value));
                case "--trace" -> trace = Optional.of(Path.of(value));
                case "--seed" -> seed = whole(name, value);
                case "--fault" -> faults.add(Fault.parse(value, simulation.faults()));
                default -> {
                    if (!simulation.options().containsKey(name)) {
                        throw new IllegalArgumentException("There is no option " + name + ". " + usage(simulation));
                    }
                    own.put(name, value);
                }
            }
        }
        if (tcp.isPresent() == pty.isPresent()) {
            throw new IllegalArgumentException("Give either --tcp PORT or --pty PATH. " + usage(simulation));
        }
        return new Options(tcp, pty, control, trace, quitAtEnd, seed, faults, own);
    }

    /**
     * A whole number among the device's own options.
     *
     * @throws IllegalArgumentException when it is none, or outside the range
     */
    public long whole(String name, long fallback, long least, long greatest) {
        String value = own.get(name);
        long number = value == null ? fallback : whole(name, value);
        if (number < least || number > greatest) {
            throw new IllegalArgumentException(
                    name + " needs a whole number from " + least + " to " + greatest + ", not " + value);
        }
        return number;
    }

    /**
     * A number among the device's own options.
     *
     * @throws IllegalArgumentException when it is none, or outside the range
     */
    public double real(String name, double fallback, double least, double greatest) {
        String value = own.get(name);
        double number;
        try {
            number = value == null ? fallback : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a number, not \"" + value + "\"", e);
        }
        if (!(number >= least && number <= greatest)) {
            throw new IllegalArgumentException(
                    name + " needs a number from " + least + " to " + greatest + ", not " + value);
        }
        return number;
    }

    /** A text among the device's own options. */
    public String text(String name, String fallback) {
        return own.getOrDefault(name, fallback);
    }

    private static int port(String name, String value) {
        long port = whole(name, value);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(name + " needs a port from 0 to 65535, not " + value);
        }
        return (int) port;
    }

    private static long whole(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a whole number, not \"" + value + "\"", e);
        }
    }
}
