package org.anodyne.plugin.host.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.Disarmed;
import org.anodyne.host.HostException;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;

/** One session's slots in the process of one device host, as the engine's process sees them. Thread: any. */
final class RemoteHost implements AutoCloseable {
    private static final Duration PRESENT = Duration.ofSeconds(25);
    /** Longer than what a slot may take to arm. */
    private static final Duration ANSWER = Duration.ofSeconds(27);

    private static final Duration PREPARE = Duration.ofSeconds(31);
    private static final long PING_MILLIS = 500;
    private static final long LOST_MILLIS = 2_000;

    private final MessageBus bus;
    private final SessionInfo info;
    private final String name;
    private final List<Consumer<SlotStatus>> changes;
    private final List<Consumer<Disarmed>> disarmed;
    private final ScheduledExecutorService timer;
    private final List<CompletionStage<Subscription>> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Payload.Document>> open = new ConcurrentHashMap<>();
    private final Map<String, SlotStatus> status = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> present = new CompletableFuture<>();
    /**
     * Questions since the last answer. They are counted, not timed: a process that was kept from running has not asked. Thread:
     * the timer's.
     */
    private long unanswered;

    RemoteHost(
            MessageBus bus,
            SessionInfo info,
            String name,
            List<Consumer<SlotStatus>> changes,
            List<Consumer<Disarmed>> disarmed) {
        this.bus = bus;
        this.info = info;
        this.name = name;
        this.changes = changes;
        this.disarmed = disarmed;
        timer = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread t = new Thread(r, "remote-host-" + name);
            t.setDaemon(true);
            return t;
        });
        String site = "anodyne/1/" + bus.site() + "/control/";
        subscriptions.add(bus.subscribe(site + Wire.REPLY, this::replied));
        subscriptions.add(bus.subscribe(site + Wire.newsName(name), m -> timer.execute(() -> news(m))));
        timer.scheduleWithFixedDelay(this::ping, 0, PING_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ping() {
        if (!bus.connected()) {
            return;
        }
        boolean silent = unanswered >= LOST_MILLIS / PING_MILLIS;
        unanswered++;
        send("hello", Map.of(), Duration.ofMillis(LOST_MILLIS)).whenComplete((d, e) -> {
            if (e == null) {
                unanswered = 0;
                present.complete(null);
            }
        });
        if (present.isDone() && silent) {
            status.forEach((slot, s) -> {
                if (s.state() != SlotStatus.State.LOST && s.state() != SlotStatus.State.CLOSED) {
                    String why = "device host '" + name + "' was not heard of for " + LOST_MILLIS + " ms";
                    changed(new SlotStatus(slot, s.plugin(), s.version(), SlotStatus.State.LOST, why));
                }
            });
        }
    }

    private CompletableFuture<Payload.Document> send(String action, Map<String, Object> attributes, Duration limit) {
        String request = UUID.randomUUID().toString();
        CompletableFuture<Payload.Document> answer = new CompletableFuture<>();
        open.put(request, answer);
        Map<String, Object> a = new HashMap<>(attributes);
        a.put("action", action);
        a.put("request", request);
        a.put("session", info.session());
        Topic topic = Topic.ofSite(bus.site(), Topic.Kind.CONTROL, Wire.topicName(name));
        bus.publish(topic, new Payload.Document("request", -1, a), 0).whenComplete((v, e) -> {
            if (e != null) {
                answer.completeExceptionally(new HostException("device host '" + name + "' cannot be told", e));
            }
        });
        timer.schedule(
                () -> answer.completeExceptionally(new HostException("device host '" + name + "' did not answer '"
                        + action + "' within " + limit.toMillis() + " ms; is it running? ./anodyne device-host --name "
                        + name)),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        answer.whenComplete((d, e) -> open.remove(request));
        return answer;
    }

    private void replied(Message m) {
        if (m.payload() instanceof Payload.Document d) {
            CompletableFuture<Payload.Document> answer = open.get(Wire.text(d, "request"));
            if (answer != null) {
                timer.execute(() -> answer.complete(d));
            }
        }
    }

    private void news(Message m) {
        if (!(m.payload() instanceof Payload.Document d)
                || !Wire.text(d, "session").equals(info.session())) {
            return;
        }
        if (Wire.text(d, "what").equals("disarmed")) {
            Disarmed now = new Disarmed(
                    Wire.text(d, "slot"), Disarmed.Cause.valueOf(Wire.text(d, "cause")), Wire.text(d, "reason"));
            disarmed.forEach(l -> l.accept(now));
        } else if (Wire.text(d, "what").equals("changed")) {
            changed(Wire.status(d));
        }
    }

    private void changed(SlotStatus now) {
        status.put(now.slot(), now);
        changes.forEach(l -> l.accept(now));
    }

    private CompletionStage<SlotStatus> status(String action, Map<String, Object> attributes, Duration limit) {
        return send(action, attributes, limit).thenApply(d -> {
            if (!Boolean.TRUE.equals(d.attributes().get("ok"))) {
                throw new CompletionException(new HostException(Wire.text(d, "message")));
            }
            SlotStatus now = Wire.status(d);
            status.put(now.slot(), now);
            return now;
        });
    }

    /** Waits until the device host is there, for as long as somebody may need to start it. */
    CompletionStage<SlotStatus> prepare(SlotSpec spec) {
        CompletableFuture<Void> there = new CompletableFuture<>();
        present.thenRun(() -> there.complete(null));
        timer.schedule(
                () -> there.completeExceptionally(new HostException("slot " + spec.slot() + " is to be in device host '"
                        + name + "', which was not heard of for " + PRESENT.toSeconds()
                        + " s; start it: ./anodyne device-host --name " + name)),
                PRESENT.toMillis(),
                TimeUnit.MILLISECONDS);
        return there.thenCompose(v -> status("prepare", Wire.of(info, spec), PREPARE));
    }

    CompletionStage<SlotStatus> ask(String action, String slot) {
        return status(action, Map.of("slot", slot), ANSWER);
    }

    CompletionStage<SlotStatus> change(String slot, Parameters parameters) {
        return status("change", Map.of("slot", slot, "parameters", parameters.values()), ANSWER);
    }

    void announce(String slot, Phase phase, Duration lag) {
        Map<String, Object> a = new HashMap<>(Wire.of(phase, lag.toNanos()));
        a.put("slot", slot);
        send("announce", a, ANSWER);
    }

    void safeState(String reason) {
        send("safe", Map.of("reason", reason), ANSWER);
    }

    Map<String, SlotStatus> status() {
        return new TreeMap<>(status);
    }

    @Override
    public void close() {
        try {
            if (present.isDone()) {
                send("close", Map.of(), Duration.ofSeconds(12)).get(12, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            org.slf4j.LoggerFactory.getLogger(RemoteHost.class)
                    .warn("device host '{}' did not say that it closed its slots: {}", name, e.getMessage());
        } finally {
            subscriptions.forEach(s -> s.thenAccept(Subscription::close));
            timer.shutdownNow();
        }
    }
}
