package org.anodyne.plugin.host.slot;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.anodyne.host.HostException;
import org.anodyne.plugin.outcome.OutcomeInstrument;

/** The outcome instrument that is in a slot at the time, called on its lane as its contract wants. Thread: any but a lane. */
final class Instrument implements OutcomeInstrument {
    private final Slot slot;

    Instrument(Slot slot) {
        this.slot = slot;
    }

    @Override
    public List<Item> items() {
        Occupant o = slot.router().occupant();
        return o != null && o.instance() instanceof OutcomeInstrument i ? i.items() : List.of();
    }

    @Override
    public String answer(String itemId, double value, long timeNanos) {
        return onLane("answer", i -> i.answer(itemId, value, timeNanos));
    }

    @Override
    public String answer(String itemId, String words, long timeNanos) {
        return onLane("answer", i -> i.answer(itemId, words, timeNanos));
    }

    @Override
    public void missed(String itemId, long timeNanos) {
        onLane("missed", i -> {
            i.missed(itemId, timeNanos);
            return "";
        });
    }

    private String onLane(String what, Function<OutcomeInstrument, String> task) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        boolean taken = slot.router().offer(o -> {
            try {
                OutcomeInstrument i = (OutcomeInstrument) o.instance();
                answer.complete(o.call(what, Limits.CALL, () -> task.apply(i)));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        String name = slot.spec().slot();
        if (!taken) {
            throw new HostException("slot " + name + " is " + slot.status().state() + " and takes no answer");
        }
        try {
            return answer.get(Limits.REQUEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("slot " + name + " was interrupted while it took an answer", e);
        } catch (TimeoutException e) {
            throw new HostException("slot " + name + " did not take the answer in time", e);
        } catch (ExecutionException e) {
            throw new HostException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the instrument belongs to the host; close the session's slots");
    }
}
