package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.anodyne.bus.MessageBus;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.RunningSession;
import org.junit.Test;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;

/** The embedded broker goes away in a running session, and comes back. */
@ExamReactorStrategy(PerClass.class)
public class BrokerOutageTest extends InTheFramework {
    /** Long enough to work off, on a busy machine, what has piled up before something fresh can be executed again. */
    private static final int SECONDS = 30;

    private static final Duration AWAY = Duration.ofSeconds(10);

    @Test
    public void tenSecondsWithoutABrokerLoseNothingAndExecuteNothing() throws Exception {
        Lab lab = new Lab(context);
        MessageBus bus = lab.service(MessageBus.class);
        Path protocol = lab.closedLoop(SECONDS);
        // Only a person's word is to arm it again after the outage.
        String automatic = Files.readString(protocol);
        Files.writeString(protocol, automatic.replace(", afterLoss: {rearm: automatic, healthyFor: 1 s}", ""));
        RunningSession session = lab.started(protocol, Duration.ofSeconds(2));
        awaitExecution(lab, session);
        Bundle broker = lab.bundleOf("org.anodyne.broker");
        broker.stop();
        Lab.await("the bus notices", () -> !bus.connected());
        Duration gone = session.progress().elapsed();
        Lab.awaitElapsed(session, gone.plus(AWAY));
        assertFalse(bus.connected());
        assertTrue("nothing waits in the outbox", bus.statistics().waiting() > 0);
        Duration stillAway = session.progress().elapsed();
        broker.start();
        Lab.await("the bus is connected again", bus::connected);
        Duration back = session.progress().elapsed();
        awaitExecution(lab, session);

        SessionEngine.Result result = lab.result(session);
        List<String> problems = Lab.problems(result);
        assertEquals(problems.toString(), 2, problems.size());
        assertTrue(problems.get(0), problems.get(0).startsWith("the bus was away at "));
        assertTrue(problems.get(1), problems.get(1).startsWith("slot 'act' was made safe at "));
        Recorded record = lab.record(result);
        record.assertNothingLostOrDoubled();
        assertEquals(SECONDS * 250, record.samples("eeg"));
        assertEquals(List.of(), record.events("gap"));
        assertEquals(List.of(false, true), record.attributes("bus", "connected"));
        assertTrue(
                "nothing was executed afterwards",
                record.acknowledgements(Outcome.EXECUTED).stream().anyMatch(a -> a.timeNanos() > back.toNanos()));
        assertTrue("nothing was refused", record.acknowledged(Outcome.REFUSED) > 0);
        assertEquals(
                "executed while the bus was away",
                0,
                record.acknowledgements(Outcome.EXECUTED).stream()
                        .filter(a -> a.timeNanos() > gone.toNanos() && a.timeNanos() < stillAway.toNanos())
                        .count());
        assertEquals(record.commands(), record.acknowledged(Outcome.EXECUTED) + record.acknowledged(Outcome.REFUSED));
    }

    /** With a person who arms again what is not armed, as on a busy machine heartbeats may be late at any time. */
    private static void awaitExecution(Lab lab, RunningSession session) throws Exception {
        AtomicLong executed = new AtomicLong();
        AtomicLong asked = new AtomicLong(System.nanoTime());
        try (MessageBus.Subscription answers = lab.executions(executed)) {
            session.resume();
            Lab.await("a command is executed", () -> {
                if (System.nanoTime() - asked.get() > TimeUnit.SECONDS.toNanos(1)) {
                    asked.set(System.nanoTime());
                    session.resume();
                }
                return executed.get() > 0;
            });
        }
    }
}
