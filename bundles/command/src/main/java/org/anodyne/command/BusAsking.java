package org.anodyne.command;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.scene.MirrorPicture;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Joins the bus of a running platform and asks there on {@code control/session}. */
final class BusAsking implements Asking {
    private static final long CONNECT_SECONDS = 20;
    private static final long ANSWER_SECONDS = 60;

    private final CommandLineRunner.Session session;

    BusAsking(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> ask(RunningMark.Running platform, String action, Map<String, Object> attributes)
            throws InterruptedException {
        MessageBus bus = join(platform);
        String request = UUID.randomUUID().toString();
        Map<String, Object> all = new HashMap<>(attributes);
        all.put("action", action);
        all.put("request", request);
        CompletableFuture<Payload.Document> reply = new CompletableFuture<>();
        String replies =
                Topic.ofSite(platform.site(), Topic.Kind.CONTROL, "reply").path();
        MessageBus.Subscription subscription = await(
                bus.subscribe(replies, m -> {
                    // This process is a platform, too, and answers that no session runs in it.
                    if (!m.envelope().source().equals(bus.source())
                            && m.payload() instanceof Payload.Document d
                            && request.equals(d.attributes().get("request"))) {
                        reply.complete(d);
                    }
                }),
                CONNECT_SECONDS,
                platform);
        try (subscription) {
            Topic topic = Topic.ofSite(platform.site(), Topic.Kind.CONTROL, "session");
            await(bus.publish(topic, new Payload.Document("control", -1, all), 0), CONNECT_SECONDS, platform);
            return await(reply, ANSWER_SECONDS, platform).attributes();
        }
    }

    @Override
    public Optional<MirrorPicture> mirror(RunningMark.Running platform, String session, Duration patience)
            throws InterruptedException {
        MessageBus bus = join(platform);
        CompletableFuture<MirrorPicture> next = new CompletableFuture<>();
        String topic = Topic.ofSite(platform.site(), Topic.Kind.MIRROR, session).path();
        MessageBus.Subscription subscription = await(
                bus.subscribe(topic, m -> {
                    if (m.payload() instanceof Payload.Picture p) {
                        next.complete(p.picture());
                    }
                }),
                CONNECT_SECONDS,
                platform);
        try (subscription) {
            return Optional.of(next.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop(RunningMark.Running platform, String reason) throws InterruptedException {
        MessageBus bus = join(platform);
        Payload.Document stop = new Payload.Document("stop", -1, Map.of("reason", reason));
        await(bus.publish(Topic.ofSite(platform.site(), Topic.Kind.STOP, ""), stop, 0), CONNECT_SECONDS, platform);
    }

    private static <T> T await(CompletionStage<T> stage, long seconds, RunningMark.Running platform)
            throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(
                    1, "the platform with process id " + platform.pid() + " did not answer: does a session run there?");
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    1,
                    "the bus at " + platform.uri() + " refused: " + e.getCause().getMessage());
        }
    }

    /** Points this process's bus at the running platform's broker and waits until it is there. */
    private MessageBus join(RunningMark.Running platform) throws InterruptedException {
        CompletableFuture<MessageBus> there = new CompletableFuture<>();
        var settings = new Hashtable<String, Object>();
        settings.put("uri", platform.uri());
        settings.put("site", platform.site());
        // This process is no platform: it says nothing of its own plug-ins.
        settings.put("guest", true);
        try {
            session.configurations().getConfiguration("org.anodyne.bus", "?").updateIfDifferent(settings);
        } catch (IOException e) {
            throw new CommandFailure(1, "this process's bus cannot be pointed at " + platform.uri() + ": " + e);
        }
        var tracker = new ServiceTracker<MessageBus, MessageBus>(session.context(), MessageBus.class, null) {
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
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
