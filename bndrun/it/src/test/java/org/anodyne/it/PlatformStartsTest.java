package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.InstalledPlugin;
import org.junit.Test;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** What ships starts, whole. */
@ExamReactorStrategy(PerClass.class)
public class PlatformStartsTest extends InTheFramework {
    @Test
    public void everyBundleIsActive() throws InterruptedException {
        new Lab(context);
        List<String> others = Arrays.stream(context.getBundles())
                .filter(b -> b.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .filter(b -> b.getState() != Bundle.ACTIVE)
                .map(b -> b + " in state " + b.getState())
                .toList();
        assertEquals(List.of(), others);
    }

    @Test
    public void noComponentOfOursLacksAReference() throws InterruptedException {
        Lab lab = new Lab(context);
        ServiceComponentRuntime components = lab.service(ServiceComponentRuntime.class);
        List<String> lacking = new ArrayList<>();
        components.getComponentDescriptionDTOs().stream()
                .filter(d -> d.bundle.symbolicName.startsWith("org.anodyne."))
                .forEach(d -> components.getComponentConfigurationDTOs(d).stream()
                        .filter(c -> c.unsatisfiedReferences.length > 0 || c.failure != null)
                        .forEach(c -> lacking.add(d.name + " " + c.failure
                                + Arrays.stream(c.unsatisfiedReferences)
                                        .map(r -> r.name)
                                        .toList())));
        assertEquals(List.of(), lacking);
    }

    @Test
    public void theBusIsConnectedAndEveryPlugInAvailable() throws IOException, InterruptedException {
        Lab lab = new Lab(context);
        assertTrue(lab.service(MessageBus.class).connected());
        assertTrue("the settings were not read", Files.isDirectory(lab.home().resolve("var/broker")));
        List<String> shipped = lab.shipped();
        assertTrue("only " + shipped + " are in the folder", shipped.size() > 30);
        assertEquals(shipped, lab.plugIns());
        assertEquals(
                List.of(),
                lab.registry().plugins().stream()
                        .filter(p -> p.state() != InstalledPlugin.State.AVAILABLE)
                        .toList());
    }
}
