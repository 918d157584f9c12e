package org.anodyne.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Checks protocols, runs sessions, replays records. A service. Thread: any. */
@ProviderType
public interface SessionEngine {
    /**
     * Checks a protocol file against the installed plug-ins.
     *
     * @return all faults at once, in the order of lines; empty when it can be run
     */
    List<Fault> check(Path protocol);

    /**
     * Plans a session and begins to prepare it.
     *
     * @throws ProtocolException when the protocol has faults; nothing was done then
     */
    RunningSession start(Request request);

    /** The session that runs now, if one does. */
    Optional<RunningSession> current();

    /**
     * Plays a record through the installed plug-ins in virtual time and compares every decision and feature with what
     * was recorded, bit for bit.
     */
    ReplayReport replay(Path record, boolean verify);

    /**
     * One fault of a protocol.
     *
     * @param line from 1; 0 when it belongs to no line
     * @param where path within the file, e.g. {@code phases[2].triggers[0].refractory}
     * @param message what is wrong and what to do
     */
    record Fault(int line, String where, String message) {
        @Override
        public String toString() {
            return (line > 0 ? "line " + line + ": " : "") + (where.isEmpty() ? "" : where + ": ") + message;
        }
    }

    /**
     * What to run.
     *
     * @param protocol the protocol file
     * @param participant code of the participant; letters and digits, as BIDS wants it
     * @param inputs slot to recording or device address
     * @param speed factor of real time; {@link Double#POSITIVE_INFINITY} for {@code max}
     * @param folder folder of the session's output; its {@code record/} must be absent or empty
     * @param simulated whether all actuators are simulators on this machine
     * @param hosts slot to the name of the device host in whose process its actuator is; others are in this one
     * @param simulatedParticipant whether a simulated participant answers pages, exercises and ratings; the record says so
     */
    record Request(
            Path protocol,
            String participant,
            Map<String, String> inputs,
            double speed,
            Path folder,
            boolean simulated,
            Map<String, String> hosts,
            boolean simulatedParticipant) {
        public Request {
            inputs = Map.copyOf(inputs);
            hosts = Map.copyOf(hosts);
        }

        /** With a participant who is a person, or none. */
        public Request(
                Path protocol,
                String participant,
                Map<String, String> inputs,
                double speed,
                Path folder,
                boolean simulated,
                Map<String, String> hosts) {
            this(protocol, participant, inputs, speed, folder, simulated, hosts, false);
        }

        /** With real devices, all in this process. */
        public Request(Path protocol, String participant, Map<String, String> inputs, double speed, Path folder) {
            this(protocol, participant, inputs, speed, folder, false, Map.of());
        }
    }

    /** A session at work. Thread: any. */
    @ProviderType
    interface RunningSession {
        String id();

        SessionState state();

        /** Progress for people. */
        Progress progress();

        /** Pauses: actuators safe, phase time stands still. */
        void pause(String reason);

        /** Goes on; actuators are armed again by this word. */
        void resume();

        /** Ends the session before its time; actuators safe first. */
        void abort(String reason);

        /** Replaces the plug-in of a slot. */
        CompletionStage<org.anodyne.host.SwapReport> swap(String slot, Path jar);

        /**
         * Waits for the end: record sealed, nothing left running.
         *
         * @return how it ended; when the time is over before it did, how it stands now
         * @throws ProtocolException when a slot cannot do its part with the recording, device or parameters that it was
         *     given; nothing has begun and nothing of the session is left then, the output folder is as it was
         */
        Result await(Duration timeout) throws InterruptedException;
    }

    /**
     * Where a session stands, for a progress line.
     *
     * @param phase id of the phase
     * @param elapsed session time since the start
     * @param total session time planned, zero when it cannot be known
     */
    record Progress(SessionState state, String phase, Duration elapsed, Duration total, String note) {}

    /** States of a session: PLANNED → PREPARING → READY → RUNNING ⇄ PAUSED → COMPLETED | ABORTED. */
    enum SessionState {
        PLANNED,
        PREPARING,
        READY,
        RUNNING,
        PAUSED,
        COMPLETED,
        ABORTED
    }

    /**
     * How a session ended.
     *
     * @param reason why it was aborted; empty when completed
     * @param record folder of the record
     * @param problems what went wrong without ending the session: alarms, lost plug-ins, leaks
     */
    record Result(SessionState state, String reason, Path record, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Outcome of a replay.
     *
     * @param decisions decisions compared
     * @param features feature values compared
     * @param firstDifference the stage that differs first in the flow of data, with what was recorded and what came
     *     now; empty when all is identical
     * @param differences how many differ
     */
    record ReplayReport(long decisions, long features, Optional<String> firstDifference, long differences) {}
}
