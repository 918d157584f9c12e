package org.anodyne.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which running platform a command is for. */
final class RemoteOptions {
    @Option(names = "--pid", paramLabel = "PID", description = "Which platform, when several run on this machine.")
    Long pid;

    /** Platforms that run from a home; all of them, or the one that was chosen. */
    List<RunningMark.Running> platforms(Path home) {
        List<RunningMark.Running> all = RunningMark.find(home).stream()
                .filter(r -> pid == null || r.pid() == pid)
                .toList();
        if (all.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.BAD_INPUT, "no platform runs from " + home + ": start a session first");
        }
        return all;
    }

    /** The one platform that is meant. */
    RunningMark.Running platform(Path home) {
        List<RunningMark.Running> all = platforms(home);
        if (all.size() > 1) {
            throw new CommandFailure(
                    CommandFailure.BAD_INPUT,
                    "several platforms run here; choose one with --pid: "
                            + all.stream()
                                    .map(r -> r.pid() + " (" + r.what() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        return all.get(0);
    }

    /**
     * What an answer says to a person.
     *
     * @throws CommandFailure when it is a refusal
     */
    static String message(Map<String, Object> answer) {
        if (!Boolean.TRUE.equals(answer.get("ok"))) {
            // What was begun but did not come about is a failure; what was refused is a bad request.
            throw new CommandFailure(
                    answer.containsKey("notArmed") ? 1 : CommandFailure.BAD_INPUT,
                    String.valueOf(answer.get("message")));
        }
        return String.valueOf(answer.get("message"));
    }
}
