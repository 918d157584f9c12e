package org.anodyne.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.condition.Condition;

/** Switches the console on and says where its pages are. */
final class Pages {
    private static final String PID = "org.anodyne.console";
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private Pages() {}

    /**
     * Switches it on.
     *
     * @param port port of the pages; null for that of the settings
     * @throws CommandFailure when it cannot serve, with the reason
     */
    static void open(CommandLineRunner.Session session, Integer port, PrintWriter out) {
        try {
            Configuration c = session.configurations().getConfiguration(PID, "?");
            Dictionary<String, Object> before = c.getProperties();
            Hashtable<String, Object> now = new Hashtable<>();
            if (before != null) {
                Collections.list(before.keys()).forEach(key -> now.put(key, before.get(key)));
            }
            Path home = session.home().get();
            now.put("enabled", true);
            now.putIfAbsent("folder", home.resolve("data").toString());
            now.put("examples", home.resolve("examples").toString());
            now.put("simulators", home.resolve("simulators").toString());
            now.put("plugins", home.resolve("plugins").toString());
            if (port != null) {
                now.put("port", port);
            }
            c.update(now);
            ServiceReference<?> console = await(session);
            reachable(URI.create(String.valueOf(console.getProperty("url"))));
            tell(console, out);
        } catch (IOException e) {
            throw new CommandFailure(1, "the settings of the pages cannot be changed: " + e.getMessage());
        }
    }

    private static void tell(ServiceReference<?> console, PrintWriter out) {
        String url = String.valueOf(console.getProperty("url"));
        String setup = String.valueOf(console.getProperty("setup"));
        out.println("pages at " + url);
        if (!setup.isEmpty()) {
            out.println("the first administrator is made there with the code " + setup);
        }
    }

    private static ServiceReference<?> await(CommandLineRunner.Session session) {
        long until = System.nanoTime() + WAIT_NANOS;
        while (System.nanoTime() < until) {
            try {
                for (ServiceReference<?> r :
                        session.context().getServiceReferences(Condition.class, "(osgi.condition.id=" + PID + ")")) {
                    return r;
                }
            } catch (InvalidSyntaxException e) {
                throw new IllegalStateException(e);
            }
            failure(session).ifPresent(why -> {
                throw new CommandFailure(1, "the pages cannot be served: " + why);
            });
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new CommandFailure(1, "the pages were not there after 120 s; the log in var/log says more");
    }

    /** The web server opens its port a moment after it was told to. */
    private static void reachable(URI url) {
        long until = System.nanoTime() + WAIT_NANOS;
        while (System.nanoTime() < until) {
            try (Socket probe = new Socket(url.getHost(), url.getPort())) {
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        throw new CommandFailure(1, "nobody answers at " + url + "; the log in var/log says more");
    }

    /** What the console's component threw when it was switched on. */
    private static Optional<String> failure(CommandLineRunner.Session session) {
        ServiceReference<ServiceComponentRuntime> r =
                session.context().getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime components = session.context().getService(r);
        return components.getComponentDescriptionDTOs().stream()
                .filter(d -> d.name.startsWith(PID))
                .flatMap(d -> components.getComponentConfigurationDTOs(d).stream())
                .filter(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION && c.failure != null)
                .map(c -> cause(c.failure))
                .findFirst();
    }

    private static String cause(String trace) {
        String last = trace.lines().findFirst().orElse("");
        for (String line : trace.lines().toList()) {
            last = line.startsWith("Caused by: ") ? line.substring("Caused by: ".length()) : last;
        }
        return last.replaceFirst("^[\\w.$]+(Exception|Error): ", "");
    }
}
