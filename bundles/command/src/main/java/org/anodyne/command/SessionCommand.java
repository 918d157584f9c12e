package org.anodyne.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anodyne.session.SessionEngine.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "session",
        description = "Runs one session of a protocol without a screen. Exit code 1: it was aborted. 2: protocol,"
                + " recordings or devices cannot be used; nothing was begun.",
        mixinStandardHelpOptions = true)
final class SessionCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROTOCOL", description = "Protocol file (YAML).")
    Path protocol;

    @Option(
            names = "--participant",
            required = true,
            paramLabel = "ID",
            description = "Code of the participant: letters and digits.")
    String participant;

    @Option(
            names = "--input",
            paramLabel = "SLOT=FILE",
            description = "Recording to play in a slot (text, EDF, BDF, XDF), or the address of a slot's device"
                    + " (tcp:HOST:PORT, serial:PATH, pty:PATH). May be repeated.")
    List<String> inputs = new ArrayList<>();

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "N|max",
            description = "1 is real time; another factor or max runs in virtual time. Default: ${DEFAULT-VALUE}.")
    String speed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where record, dataset, report and summary go; made when absent.")
    Path out;

    @Option(
            names = "--simulated",
            description =
                    "All devices that stimulate are simulators on this machine. No screening is asked for then, doses are"
                            + " kept apart from those of people, and a device elsewhere is refused.")
    boolean simulated;

    @Option(
            names = "--simulated-participant",
            description =
                    "A simulated participant answers pages, exercises and ratings, the same way each time for a seed of the"
                            + " protocol; record and report say so.")
    boolean simulatedParticipant;

    @Option(
            names = "--host",
            paramLabel = "SLOT=NAME",
            description =
                    "Runs an actuator's slot in the process of a device host (anodyne device-host --name NAME). May be"
                            + " repeated.")
    List<String> hosts = new ArrayList<>();

    @Option(
            names = About.OPTION,
            split = ",",
            paramLabel = "FACT=VALUE",
            description =
                    "What is told of the participant, for a protocol that chooses by it: interest=WORD, age=YEARS,"
                            + " sex=female, male or other; with commas between them. What the protocol does not choose by is not"
                            + " kept.")
    List<String> about = new ArrayList<>();

    SessionCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Request request = new Request(
                protocol,
                participant,
                Assignments.inputs(inputs),
                speed(speed),
                fresh(out),
                simulated,
                Assignments.of("--host", hosts),
                simulatedParticipant,
                false,
                About.of(about));
        return new SessionRun(
                        session, spec.commandLine().getOut(), spec.commandLine().getErr())
                .run(request);
    }

    static double speed(String text) {
        if (text.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double n = Double.parseDouble(text);
            if (n > 0 && n <= 1000) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new CommandFailure(
                CommandFailure.BAD_INPUT, "--speed " + text + ": write 1, a factor up to 1000, or max");
    }

    static Path fresh(Path out) {
        if (Files.exists(out.resolve("record")) || Files.exists(out.resolve("summary.json"))) {
            throw new CommandFailure(
                    CommandFailure.BAD_INPUT,
                    out + " already holds a session; name another folder, nothing was overwritten");
        }
        return out.toAbsolutePath();
    }
}
