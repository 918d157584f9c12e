package org.anodyne.simulator.rehastim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line, read. */
record Options(
        Optional<Integer> tcp,
        Optional<Path> pty,
        Optional<Integer> control,
        Optional<Path> trace,
        boolean quitAtEnd,
        UnitOptions unit) {

    static final String USAGE = """
            Simulator of a RehaStim2 that speaks ScienceMode2.
            Usage: java -jar org.anodyne.simulator.rehastim.jar (--tcp PORT | --pty PATH) [options]
              --tcp PORT          listen on 127.0.0.1; 0 takes any free port
              --pty PATH          open one end of a pseudo-terminal
              --control PORT      take commands on 127.0.0.1 too; 0 takes any free port
              --seed N            of reply times and lost bytes (0)
              --fault F           NAME[=MS][@N|@*], may be given several times
              --trace FILE        one line of JSON for each thing that happens
              --current-step MA   1 or 2: step of the output stage (2)
              --first-number N    packet number of the first Init, 0-255 (0)
              --mode-after-stop M 0: Stop forgets the channel list, 1: keeps it (0)
              --quit-at-end       quit when standard input ends
            Commands on standard input: state, fault F, clear NAME, clear all, quit
            """;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException when one is unknown, has no value or a wrong one
     */
    static Options parse(List<String> arguments) {
        Optional<Integer> tcp = Optional.empty();
        Optional<Path> pty = Optional.empty();
        Optional<Integer> control = Optional.empty();
        Optional<Path> trace = Optional.empty();
        boolean quitAtEnd = false;
        long seed = 0;
        int step = 2;
        int first = 0;
        int afterStop = 0;
        List<Fault> faults = new ArrayList<>();
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
                case "--seed" -> seed = number(name, value);
                case "--fault" -> faults.add(Fault.parse(value));
                case "--current-step" -> step = (int) number(name, value);
                case "--first-number" -> first = (int) number(name, value);
                case "--mode-after-stop" -> afterStop = (int) number(name, value);
                default -> throw new IllegalArgumentException("There is no option " + name + ". " + USAGE);
            }
        }
        if (tcp.isPresent() == pty.isPresent()) {
            throw new IllegalArgumentException("Give either --tcp PORT or --pty PATH. " + USAGE);
        }
        return new Options(tcp, pty, control, trace, quitAtEnd, new UnitOptions(seed, step, first, afterStop, faults));
    }

    private static int port(String name, String value) {
        long port = number(name, value);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(name + " needs a port from 0 to 65535, not " + value);
        }
        return (int) port;
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a whole number, not \"" + value + "\"", e);
        }
    }
}
