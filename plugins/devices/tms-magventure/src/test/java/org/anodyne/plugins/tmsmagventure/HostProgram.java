package org.anodyne.plugins.tmsmagventure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;

/** A host that enables the stimulator and is then killed by the test. */
final class HostProgram {
    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        FakeContext context = FakeContext.of(
                        Schema.of(MagventureFactory.class).defaultsWith(Map.of("replyTimeout", 1.0, "heartbeat", 5.0)))
                .with(arguments[0]);
        Actuator actuator = (Actuator) new MagventureFactory("").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(20)));
        actuator.start();
        actuator.arm();
        System.out.println("ARMED");
        new CountDownLatch(1).await();
    }
}
