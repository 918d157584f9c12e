package org.anodyne.safety;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.safety.rule.TensCharge;
import org.anodyne.safety.rule.TensEnergy;
import org.anodyne.safety.rule.TensRmsCurrent;
import org.anodyne.safety.rule.TensStep;
import org.anodyne.safety.rule.Tes;
import org.anodyne.safety.rule.Thermode;
import org.anodyne.safety.rule.TmsPulses;
import org.anodyne.safety.rule.TmsThetaBurst;
import org.anodyne.safety.rule.TmsTrain;
import org.anodyne.safety.screen.Checklist;

/** The safety layer over a folder, with all its rules, and a clock that the test moves. */
final class House implements AutoCloseable {
    final Path folder;
    final Day clock;
    final Safety safety;
    final Gate gate;
    final Desk desk;
    final Time time = new Time();
    final List<String> executed = new ArrayList<>();

    /** As the device got it. */
    Command last;

    Function<Command, Acknowledgement> device = c -> answer(c, Outcome.EXECUTED, Map.of());
    private int number;

    House(Path folder) {
        this(folder, new Day());
    }

    /** A process that starts again finds the same folder. */
    House(Path folder, Day clock) {
        this.folder = folder;
        this.clock = clock;
        safety = new Safety(folder.resolve("safety"), folder.resolve("safety-policy.txt"), clock, 250);
        gate = new Gate(safety);
        List.of(
                        new TmsTrain(),
                        new TmsPulses(),
                        new TmsThetaBurst(),
                        new Tes(),
                        new TensCharge(),
                        new TensRmsCurrent(),
                        new TensEnergy(),
                        new TensStep(),
                        new Thermode())
                .forEach(gate::addRule);
        desk = new Desk(safety);
    }

    /** Wall-clock time. */
    static final class Day extends Clock {
        private Instant now = Instant.parse("2026-11-02T10:00:00Z");

        void plus(Duration d) {
            now = now.plus(d);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Session time. */
    static final class Time implements SessionTime {
        long now = 10_000_000_000L;

        void plus(Duration d) {
            now += d.toNanos();
        }

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public Timer at(long nanos, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean virtual() {
            return false;
        }
    }

    Acknowledgement answer(Command c, Outcome outcome, Map<String, Double> delivered) {
        return new Acknowledgement(c.id(), outcome, "", time.now, delivered);
    }

    static Subject real(String session, String participant, String plugin) {
        return new Subject(new SessionInfo(session, participant, false), "s", plugin, "serial:/dev/ttyUSB0");
    }

    static Subject simulated(String session, String participant, String plugin, String address) {
        return new Subject(new SessionInfo(session, participant, true), "s", plugin, address);
    }

    Command command(String action, Object... arguments) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            values.put((String) arguments[i], ((Number) arguments[i + 1]).doubleValue());
        }
        return new Command("c" + number++, "s", action, values, time.now, "trigger");
    }

    Acknowledgement pass(Subject subject, Command c) {
        return gate.pass(subject, c, time, true, true, x -> {
            executed.add(x.id());
            last = x;
            return device.apply(x);
        });
    }

    /** Enters answers to which nobody could object. */
    void screen(String participant, String modality) {
        Map<String, Object> answers = new HashMap<>();
        Checklist.of(modality).orElseThrow().items().forEach(i -> answers.put(i.id(), i.yesIsFine()));
        Map<String, Object> said = desk.ask(
                "screen", Map.of("participant", participant, "modality", modality, "by", "A", "answers", answers));
        if (!Boolean.TRUE.equals(said.get("ok"))) {
            throw new AssertionError(said);
        }
    }

    void policy(String text) throws IOException {
        Files.writeString(folder.resolve("safety-policy.txt"), text);
    }

    @Override
    public void close() {
        desk.close();
        safety.close();
    }
}
