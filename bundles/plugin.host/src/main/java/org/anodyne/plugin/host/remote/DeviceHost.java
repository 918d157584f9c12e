package org.anodyne.plugin.host.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.HostException;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SlotHost;
import org.anodyne.host.SlotStatus;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds slots of other processes' sessions, when this process is a device host: the framework property
 * {@value #PROPERTY} is its name then. Gate, ledger, lease and watchdog are this process's own, so that the death of the
 * engine's process holds no current on. Thread: requests one after the other on a thread of its own.
 */
@Component(
        service = {},
        immediate = true)
public final class DeviceHost {
    /** Names this device host. */
    public static final String PROPERTY = "anodyne.devicehost";

    private static final Logger LOG = LoggerFactory.getLogger(DeviceHost.class);
    private static final Duration PREPARE = Duration.ofSeconds(30);

    /** A session whose engine was not heard of for so long has died; its slots are closed. */
    private static final long ABANDONED_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final MessageBus bus;
    private final SlotHost host;
    private final String name;
    private final ScheduledExecutorService thread;
    private final CompletionStage<Subscription> requests;
    private final CompletionStage<Subscription> leases;
    private final Map<String, Held> sessions = new ConcurrentHashMap<>();

    private record Held(SessionSlots slots, FollowedTime time) {}

    @Activate
    public DeviceHost(
            BundleContext context,
            @Reference MessageBus bus,
            @Reference SlotHost host,
            @Reference PluginRegistry registry) {
        this.bus = bus;
        this.host = host;
        this.name = context.getProperty(PROPERTY);
        if (name == null) {
            thread = null;
            requests = null;
            leases = null;
            return;
        }
        thread = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread t = new Thread(r, "device-host-" + name);
            t.setDaemon(true);
            return t;
        });
        String site = "anodyne/1/" + bus.site();
        leases = bus.subscribe(site + "/lease/+", m -> {
            Held held = sessions.get(m.topic().name());
            if (held != null && m.payload() instanceof Payload.Document d) {
                held.time.heard(d.timeNanos());
            }
        });
        // It answers, and so is there, only when its plug-ins are.
        requests = CompletableFuture.runAsync(() -> settle(registry), thread)
                .thenCompose(v -> bus.subscribe(
                        site + "/control/" + Wire.topicName(name), m -> thread.execute(() -> request(m))));
        requests.thenRun(() -> System.out.println("device host '" + name + "' is ready"));
        thread.scheduleWithFixedDelay(this::abandoned, 1, 1, TimeUnit.SECONDS);
    }

    private static void settle(PluginRegistry registry) {
        try {
            registry.awaitSettled(PREPARE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Deactivate
    void close() {
        if (name != null) {
            requests.thenAccept(Subscription::close);
            leases.thenAccept(Subscription::close);
            thread.shutdownNow();
            sessions.keySet().forEach(this::close);
        }
    }

    private void request(Message m) {
        if (!(m.payload() instanceof Payload.Document d)) {
            return;
        }
        try {
            act(d);
        } catch (RuntimeException e) {
            LOG.warn("a request was refused: {}", e.toString());
            reply(d, false, String.valueOf(e.getMessage()), Map.of());
        }
    }

    private void act(Payload.Document d) {
        String session = Wire.text(d, "session");
        String slot = Wire.text(d, "slot");
        switch (Wire.text(d, "action")) {
            case "hello" -> reply(d, true, "here", Map.of());
            case "prepare" -> answer(d, open(d).slots.prepare(Wire.spec(d), PREPARE));
            case "start" -> answer(d, held(session).slots.start(slot));
            case "pause" -> answer(d, held(session).slots.pause(slot));
            case "resume" -> answer(d, held(session).slots.resume(slot));
            case "arm" -> answer(d, held(session).slots.arm(slot));
            case "change" -> answer(d, held(session).slots.change(slot, Wire.parameters(d, "parameters")));
            case "announce" -> {
                held(session).slots.announce(slot, Wire.phase(d), Duration.ofNanos(Wire.number(d, "lag", 0)));
                reply(d, true, "", Map.of());
            }
            case "safe" -> {
                held(session).slots.safeState(Wire.text(d, "reason"));
                reply(d, true, "", Map.of());
            }
            case "close" -> {
                close(session);
                reply(d, true, "", Map.of());
            }
            default -> reply(d, false, "this device host does not know '" + Wire.text(d, "action") + "'", Map.of());
        }
    }

    private Held held(String session) {
        Held held = sessions.get(session);
        if (held == null) {
            throw new HostException("device host '" + name + "' holds nothing of session " + session);
        }
        return held;
    }

    private Held open(Payload.Document d) {
        return sessions.computeIfAbsent(Wire.text(d, "session"), id -> {
            FollowedTime time = new FollowedTime();
            SessionSlots slots = host.open(Wire.info(d), time);
            slots.onDisarmed(now -> news(
                    id,
                    Map.of(
                            "what",
                            "disarmed",
                            "slot",
                            now.slot(),
                            "cause",
                            now.cause().name(),
                            "reason",
                            now.reason())));
            slots.onChange(status -> {
                Map<String, Object> a = new HashMap<>(Wire.of(status));
                a.put("what", "changed");
                news(id, a);
            });
            return new Held(slots, time);
        });
    }

    private void close(String session) {
        Held held = sessions.remove(session);
        if (held != null) {
            held.slots.close();
            held.time.close();
        }
    }

    private void abandoned() {
        sessions.forEach((id, held) -> {
            if (held.time.silentNanos() > ABANDONED_NANOS) {
                LOG.warn("the engine of session {} was not heard of any more; its slots here are closed", id);
                close(id);
            }
        });
    }

    private void answer(Payload.Document d, CompletionStage<SlotStatus> stage) {
        stage.whenComplete((status, failure) -> {
            if (failure == null) {
                reply(d, true, "", Wire.of(status));
            } else {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                reply(d, false, String.valueOf(cause.getMessage()), Map.of());
            }
        });
    }

    private void reply(Payload.Document to, boolean ok, String message, Map<String, Object> more) {
        Map<String, Object> a = new HashMap<>(more);
        a.put("request", Wire.text(to, "request"));
        a.put("ok", ok);
        a.put("message", message);
        publish(Wire.REPLY, Wire.REPLY, a);
    }

    private void news(String session, Map<String, Object> attributes) {
        Map<String, Object> a = new HashMap<>(attributes);
        a.put("session", session);
        publish(Wire.newsName(name), "news", a);
    }

    private void publish(String topic, String type, Map<String, Object> attributes) {
        bus.publish(Topic.ofSite(bus.site(), Topic.Kind.CONTROL, topic), new Payload.Document(type, -1, attributes), 0)
                .whenComplete((v, e) -> {
                    if (e != null) {
                        LOG.warn("a message on {} was not sent: {}", topic, e.toString());
                    }
                });
    }
}
