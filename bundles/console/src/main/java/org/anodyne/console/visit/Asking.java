package org.anodyne.console.visit;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;

/** Asks the session that runs, over the bus as everybody does, and waits for the answer. Thread: any. */
public final class Asking implements AutoCloseable {
    private static final long WAIT_SECONDS = 10;
    private static final long STOP_SECONDS = 3;
    /** What takes longer by its nature: a swap prepares a device, a resume waits for devices to arm. */
    private static final Map<String, Long> LONGER = Map.of("swap", 45L, "resume", 30L);

    private final MessageBus bus;
    private final Map<String, CompletableFuture<Map<String, Object>>> open = new ConcurrentHashMap<>();
    private final CompletionStage<Subscription> replies;

    /** Listens for answers from now on. */
    public Asking(MessageBus bus) {
        this.bus = bus;
        this.replies = bus.subscribe(
                Topic.ofSite(bus.site(), Topic.Kind.CONTROL, "reply").path(), m -> {
                    if (m.payload() instanceof Payload.Document d) {
                        CompletableFuture<Map<String, Object>> asked =
                                open.remove(String.valueOf(d.attributes().get("request")));
                        if (asked != null) {
                            asked.complete(d.attributes());
                        }
                    }
                });
    }

    /**
     * Asks.
     *
     * @param action as in {@code control/<action>}
     * @return the answer: {@code ok}, {@code message} and what the action gives; not ok, with a reason, when none came
     */
    public Map<String, Object> ask(String action, Map<String, Object> attributes) {
        long wait = LONGER.getOrDefault(action, WAIT_SECONDS);
        String request = UUID.randomUUID().toString();
        Map<String, Object> all = new HashMap<>(attributes);
        all.put("request", request);
        CompletableFuture<Map<String, Object>> reply = new CompletableFuture<>();
        open.put(request, reply);
        try {
            Topic topic = Topic.ofSite(bus.site(), Topic.Kind.CONTROL, action);
            bus.publish(topic, new Payload.Document("control", -1, all), 0).exceptionally(e -> {
                reply.complete(no("the bus refused it: " + e.getMessage()));
                return null;
            });
            return reply.get(wait, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return no("nobody answered within " + wait + " s; whether it was done is not known");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return no("the console is being stopped");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            open.remove(request);
        }
    }

    private static Map<String, Object> no(String message) {
        return Map.of("ok", false, "message", message, "unknown", true);
    }

    /**
     * The emergency stop: over the bus, to every process that holds actuators.
     *
     * @return whether the bus has taken it within 3 s
     */
    public boolean stop(String reason) {
        CompletionStage<Void> taken = bus.publish(
                Topic.ofSite(bus.site(), Topic.Kind.STOP, ""),
                new Payload.Document("stop", -1, Map.of("reason", reason)),
                0);
        try {
            taken.toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        replies.thenAccept(Subscription::close);
    }
}
