package org.anodyne.plugins.tensrehastim;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;

/** A host that starts a long burst and is then killed by the test. */
final class HostProgram {
    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        FakeContext context = FakeContext.of(Schema.of(TensFactory.class)
                        .defaultsWith(Map.of("replyTimeout", 1.0, "maximumDuration", 600.0)))
                .with(arguments[0]);
        Actuator actuator = (Actuator) new TensFactory("").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(20)));
        actuator.start();
        actuator.arm();
        Acknowledgement answer = actuator.execute(new Command(
                "c-1",
                "slot",
                "burst",
                Map.of("amplitude", 10.0, "pulseWidth", 200.0, "frequency", 50.0, "duration", 600.0),
                0,
                "test"));
        System.out.println(answer.outcome());
        if (System.in.read() >= 0) {
            throw new IOException("nobody was to write to this program");
        }
    }
}
