package org.anodyne.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.anodyne.host.SlotStatus;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.signal.StreamInfo;
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
     * What a protocol would run, for whoever chooses recordings and devices for it.
     *
     * @throws ProtocolException when it has faults
     */
    Outline outline(Path protocol);

    /**
     * Reads a protocol file as a session with these inputs would: what is wrong, and what stands in its slots all the same.
     *
     * @param inputs slot to recording or device address, as in {@link Request}
     */
    Reading read(Path protocol, Map<String, String> inputs);

    /**
     * The ways that a protocol leads from a source to what answers it: an actuator by a trigger, a world by a feature, or an intervention
     * that has no trigger; with the delays that the plug-ins state.
     *
     * @param inputs slot to recording or device address, as in {@link Request}
     * @return none where nothing answers a signal
     * @throws ProtocolException when it has faults
     */
    default List<Chain> chains(Path protocol, Map<String, String> inputs) {
        return chains(protocol, inputs, Map.of());
    }

    /**
     * As {@link #chains(Path, Map)}, knowing how fast those streams are sampled that only a device or a recording tells: the delay of a
     * filter rests on it.
     *
     * @param rates slot to sampling rate, hertz, above 0; for what a plug-in declares of its own streams it is not asked
     */
    List<Chain> chains(Path protocol, Map<String, String> inputs, Map<String, Double> rates);

    /**
     * Where a protocol has its numbers from, as its {@code sources} say.
     *
     * @return in the order of the file; empty where it has none, or is no protocol
     */
    List<NumberSource> sources(Path protocol);

    /**
     * What a session of this protocol would choose for a participant, and what of the facts it would keep.
     *
     * @param inputs slot to recording or device address, as in {@link Request}
     * @throws ProtocolException when the protocol has faults
     */
    Choice choice(Path protocol, Map<String, String> inputs, ParticipantFacts about);

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
     * Where a number of a protocol is from.
     *
     * @param path of the number within the file, e.g. {@code slots.tens.parameters.maximumAmplitude}
     * @param source in words
     * @param verified whether somebody has read it there; else it has to be confirmed before a study
     */
    record NumberSource(String path, String source, boolean verified) {}

    /**
     * A way from a source to what answers it.
     *
     * @param slots from the source on
     * @param trigger id of the trigger that decides; empty where none does
     * @param delays in the order of the way
     * @param hops how many messages pass over the bus one after the other
     */
    record Chain(List<String> slots, String trigger, List<Lag> delays, int hops) {
        public Chain {
            slots = List.copyOf(slots);
            delays = List.copyOf(delays);
        }

        /** Seconds that are stated, those left out that are only known at most. */
        public double least() {
            return sum(false);
        }

        /** Seconds that are stated, each at its most. */
        public double most() {
            return sum(true);
        }

        private double sum(boolean all) {
            return delays.stream()
                    .flatMap(l -> l.delay().stream())
                    .filter(d -> all || !d.atMost())
                    .mapToDouble(Delay::seconds)
                    .sum();
        }
    }

    /**
     * What one slot adds to a way.
     *
     * @param delay empty when the plug-in does not state it
     */
    record Lag(String slot, Delay.Stage stage, Optional<Delay> delay) {}

    /**
     * A protocol at a glance.
     *
     * @param slots each after those it takes from
     * @param total session time planned, zero when it cannot be known
     * @param asks what it chooses by, and so what may be told of a participant; in the order of {@link ParticipantFacts#NAMES}
     */
    record Outline(String id, String title, List<Place> slots, List<Stretch> phases, Duration total, List<Asked> asks) {
        public Outline {
            slots = List.copyOf(slots);
            phases = List.copyOf(phases);
            asks = List.copyOf(asks);
        }

        /** Of a protocol that is the same for everybody. */
        public Outline(String id, String title, List<Place> slots, List<Stretch> phases, Duration total) {
            this(id, title, slots, phases, total, List.of());
        }
    }

    /**
     * A fact that a protocol chooses by.
     *
     * @param fact one of {@link ParticipantFacts#NAMES}
     * @param values what the protocol has rules for; for the sex all values that there are, for the age none: it is a number
     */
    record Asked(String fact, List<String> values) {
        public Asked {
            values = List.copyOf(values);
        }
    }

    /**
     * What was chosen for a participant.
     *
     * @param kept the facts that the protocol chooses by, as far as they were told; no other is stored anywhere
     * @param said for people: what was chosen in which slot, where a slot keeps its own parameters and why, and which facts were
     *     told for nothing; empty for a protocol that is the same for everybody when nothing was told
     */
    record Choice(ParticipantFacts kept, List<String> said) {
        public Choice {
            said = List.copyOf(said);
        }
    }

    /**
     * A protocol as it was read.
     *
     * @param faults all faults, in the order of lines; empty when it can be run
     * @param slots the slots whose plug-in and parameters are without fault, each after those that it takes from; none when
     *     the file is no YAML
     */
    record Reading(List<Fault> faults, List<SlotReading> slots) {
        public Reading {
            faults = List.copyOf(faults);
            slots = List.copyOf(slots);
        }
    }

    /**
     * A slot of a protocol.
     *
     * @param plugin id of the plug-in that the protocol puts there
     * @param takesInput whether a recording or a device address may be given for it
     */
    record Place(String slot, String plugin, PluginKind kind, boolean takesInput) {}

    /**
     * A phase at its place, blocks repeated and shuffled.
     *
     * @param length its duration, or the longest it may last
     * @param fixed whether it lasts that long; else it ends on a condition
     */
    record Stretch(String id, int index, int repetition, Duration length, boolean fixed) {}

    /**
     * What stands in a slot.
     *
     * @param plugin id of the plug-in that a session would put there; {@code file-replay} where a recording takes the place of
     *     the one that the file names
     * @param parameters defaults filled in, quantities in the units of the plug-in's schema
     * @param ports what it takes and gives with these parameters
     * @param input recording or device address that was given for it
     */
    record SlotReading(
            String name,
            String plugin,
            PluginKind kind,
            Map<String, Object> parameters,
            PluginPorts ports,
            Optional<String> input) {}

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
     * @param held whether the session waits, once it is ready, until a person begins it ({@link RunningSession#begin})
     * @param about what is told of the participant; what the protocol does not choose by is not kept
     */
    record Request(
            Path protocol,
            String participant,
            Map<String, String> inputs,
            double speed,
            Path folder,
            boolean simulated,
            Map<String, String> hosts,
            boolean simulatedParticipant,
            boolean held,
            ParticipantFacts about) {
        public Request {
            inputs = Map.copyOf(inputs);
            hosts = Map.copyOf(hosts);
        }

        /** With a participant of whom nothing is told. */
        public Request(
                Path protocol,
                String participant,
                Map<String, String> inputs,
                double speed,
                Path folder,
                boolean simulated,
                Map<String, String> hosts,
                boolean simulatedParticipant,
                boolean held) {
            this(
                    protocol,
                    participant,
                    inputs,
                    speed,
                    folder,
                    simulated,
                    hosts,
                    simulatedParticipant,
                    held,
                    ParticipantFacts.NONE);
        }

        /** That begins once it is ready. */
        public Request(
                Path protocol,
                String participant,
                Map<String, String> inputs,
                double speed,
                Path folder,
                boolean simulated,
                Map<String, String> hosts,
                boolean simulatedParticipant) {
            this(protocol, participant, inputs, speed, folder, simulated, hosts, simulatedParticipant, false);
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

        /** Where each slot stands, by its name. */
        Map<String, SlotStatus> slots();

        /** The streams that the sources in this process deliver, by slot; those that are not prepared yet are missing. */
        Map<String, List<StreamInfo>> streams();

        /**
         * Begins a session that was held until now.
         *
         * @return why it does not begin: it is not ready, a slot has failed meanwhile, or it has begun already; empty when it
         *     does
         */
        CompletionStage<String> begin();

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
     * @param total session time planned, without pauses; zero when it cannot be known
     * @param paused how much of {@code elapsed} were pauses, the one under way included
     * @param phasePaused as {@code paused}, since the phase began
     */
    record Progress(
            SessionState state,
            String phase,
            Duration elapsed,
            Duration total,
            Duration paused,
            Duration phasePaused,
            String note) {
        /** Of a session without pauses. */
        public Progress(SessionState state, String phase, Duration elapsed, Duration total, String note) {
            this(state, phase, elapsed, total, Duration.ZERO, Duration.ZERO, note);
        }
    }

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
     * @param blocks blocks of samples compared, of streams that processors make
     * @param firstDifference the stage that differs first in the flow of data, with what was recorded and what came
     *     now; empty when all is identical
     * @param differences how many differ
     */
    record ReplayReport(
            long decisions, long features, long blocks, Optional<String> firstDifference, long differences) {
        /** Of a replay without streams that processors make. */
        public ReplayReport(long decisions, long features, Optional<String> firstDifference, long differences) {
            this(decisions, features, 0, firstDifference, differences);
        }
    }
}
