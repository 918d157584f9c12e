package org.anodyne.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.osgi.framework.ServiceReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "swap",
        description = "Replaces the plug-in of a slot in the session that runs on this machine.",
        mixinStandardHelpOptions = true)
final class SwapCommand implements Callable<Integer> {
    private static final long CONNECT_SECONDS = 20;
    private static final long SWAP_SECONDS = 60;

    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SLOT", description = "Name of the slot in the protocol.")
    String slot;

    @Parameters(index = "1", paramLabel = "JAR", description = "The plug-in that takes over.")
    Path jar;

    @Option(names = "--pid", paramLabel = "PID", description = "Which platform, when several run on this machine.")
    Long pid;

    SwapCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(jar)) {
            throw new CommandFailure(CommandFailure.BAD_INPUT, "there is no file " + jar);
        }
        RunningMark.Running platform = running();
        MessageBus bus = join(platform);
        String request = UUID.randomUUID().toString();
        CompletableFuture<Payload.Document> reply = new CompletableFuture<>();
        MessageBus.Subscription replies = bus.subscribe(
                        Topic.ofSite(platform.site(), Topic.Kind.CONTROL, "reply")
                                .path(),
                        m -> {
                            // This process is a platform, too, and answers that no session runs in it.
                            if (!m.envelope().source().equals(bus.source())
                                    && m.payload() instanceof Payload.Document d
                                    && request.equals(d.attributes().get("request"))) {
                                reply.complete(d);
                            }
                        })
                .toCompletableFuture()
                .get(CONNECT_SECONDS, TimeUnit.SECONDS);
        try (replies) {
            bus.publish(
                            Topic.ofSite(platform.site(), Topic.Kind.CONTROL, "session"),
                            new Payload.Document(
                                    "control",
                                    -1,
                                    Map.of(
                                            "action",
                                            "swap",
                                            "slot",
                                            slot,
                                            "jar",
                                            jar.toAbsolutePath().toString(),
                                            "request",
                                            request)),
                            0)
                    .toCompletableFuture()
                    .get(CONNECT_SECONDS, TimeUnit.SECONDS);
            Map<String, Object> answer =
                    reply.get(SWAP_SECONDS, TimeUnit.SECONDS).attributes();
            if (!Boolean.TRUE.equals(answer.get("ok"))) {
                throw new CommandFailure(CommandFailure.BAD_INPUT, String.valueOf(answer.get("message")));
            }
            spec.commandLine().getOut().println(answer.get("message"));
            return 0;
        } catch (TimeoutException e) {
            throw new CommandFailure(
                    1, "the platform with process id " + platform.pid() + " did not answer: does a session run there?");
        }
    }

    private RunningMark.Running running() {
        List<RunningMark.Running> all = RunningMark.find(session.home().get()).stream()
                .filter(r -> pid == null || r.pid() == pid)
                .toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        throw new CommandFailure(
                CommandFailure.BAD_INPUT,
                all.isEmpty()
                        ? "no platform runs from " + session.home().get() + ": start a session first"
                        : "several platforms run here; choose one with --pid: "
                                + all.stream().map(r -> Long.toString(r.pid())).toList());
    }

    /** Points this process's bus at the running platform's broker and waits until it is there. */
    private MessageBus join(RunningMark.Running platform) throws Exception {
        CompletableFuture<MessageBus> there = new CompletableFuture<>();
        var settings = new Hashtable<String, Object>();
        settings.put("uri", platform.uri());
        settings.put("site", platform.site());
        session.configurations().getConfiguration("org.anodyne.bus", "?").update(settings);
        var tracker =
                new org.osgi.util.tracker.ServiceTracker<MessageBus, MessageBus>(
                        session.context(), MessageBus.class, null) {
                    @Override
                    public MessageBus addingService(ServiceReference<MessageBus> reference) {
                        if (!platform.uri().equals(reference.getProperty("uri"))) {
                            return null;
                        }
                        MessageBus bus = super.addingService(reference);
                        there.complete(bus);
                        return bus;
                    }
                };
        tracker.open();
        try {
            return there.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(1, "the bus at " + platform.uri() + " cannot be reached");
        }
    }
}
