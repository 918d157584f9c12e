package org.anodyne.simulator.kit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Drives one device on the machine's monotonic clock: one thread owns the device, everything else hands it messages.
 *
 * <p>{@link #run()} is that thread and returns after {@code quit}. {@link #command} may be called by any thread.
 */
final class Simulator implements Line.Listener {

    private sealed interface Message {
        record Heard(byte[] bytes, long nanos) implements Message {}

        record Connected(boolean connected, long nanos, CountDownLatch known) implements Message {}

        record Ask(String command, CompletableFuture<String> answer) implements Message {}
    }

    private static final int ROOM = 4096;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(ROOM);
    private final SimulatedDevice device;
    private final Line line;
    private final TraceFile trace;

    private long now;
    private boolean connected;
    private boolean quit;

    /** A device that was switched on at {@code now}. */
    Simulator(SimulatedDevice device, Line line, TraceFile trace, long now) {
        this.device = device;
        this.line = line;
        this.trace = trace;
        this.now = now;
    }

    /** Keeps the device going until {@code quit}, or until the thread is interrupted. */
    void run() {
        line.open(this);
        try {
            while (!quit) {
                long wait = Math.min(device.nextDue() - System.nanoTime(), LONGEST_WAIT_NANOS);
                Message message = messages.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
                while (message != null && !quit) {
                    handle(message);
                    message = messages.poll();
                }
                forward(System.nanoTime());
                device.advance(now);
                trace.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            trace.event(now, "quit", json -> json.put("outputOn", device.outputOn(now)));
            trace.flush();
        }
    }

    /** Hands in one line of {@code state}, {@code fault}, {@code clear} or {@code quit}; the answer is one line of JSON. */
    CompletableFuture<String> command(String command) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        hand(new Message.Ask(command, answer));
        return answer;
    }

    @Override
    public void heard(byte[] bytes, long nanos) {
        hand(new Message.Heard(bytes, nanos));
    }

    @Override
    public void connected(boolean isConnected, long nanos) {
        CountDownLatch known = new CountDownLatch(1);
        hand(new Message.Connected(isConnected, nanos, known));
        try {
            // Until the device knows, it may still answer what the host before has asked, and the next one would get
            // it.
            if (!isConnected && !known.await(LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand(Message message) {
        try {
            // A device that takes nothing for so long has stopped; bytes on a serial line would be lost as well.
            messages.offer(message, LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(Message message) {
        if (message instanceof Message.Heard heard) {
            forward(heard.nanos());
            device.receive(heard.bytes(), now);
        } else if (message instanceof Message.Connected change) {
            forward(change.nanos());
            device.advance(now);
            connected = change.connected();
            device.connected(connected, now);
            change.known().countDown();
            trace.event(now, "line", json -> json.put("connected", connected));
        } else if (message instanceof Message.Ask ask) {
            forward(System.nanoTime());
            device.advance(now);
            ask.answer().complete(answer(ask.command().strip()));
        }
    }

    private String answer(String command) {
        String[] words = command.split("\\s+", 2);
        String argument = words.length > 1 ? words[1] : "";
        try {
            switch (words[0]) {
                case "state" -> {
                    return device.state(now).put("connected", connected).toString();
                }
                case "fault" ->
                    device.faults().inject(Fault.parse(argument, device.faults().supported()), now);
                case "clear" -> {
                    if (argument.equals("all")) {
                        device.faults().supported().stream().sorted().forEach(kind -> device.faults()
                                .clear(kind, now));
                    } else {
                        device.faults()
                                .clear(FaultKind.named(argument, device.faults().supported()), now);
                    }
                }
                case "quit" -> quit = true;
                default ->
                    throw new IllegalArgumentException("there is no command \"" + words[0]
                            + "\": use state, fault NAME[=VALUE][@N|@*], clear NAME, clear all or quit");
            }
            trace.flush();
            return new Json().put("ok", true).put("done", command).toString();
        } catch (IllegalArgumentException e) {
            return new Json().put("ok", false).put("error", e.getMessage()).toString();
        }
    }

    /** The device's clock never goes back, though a message may carry a time from before the last turn. */
    private void forward(long nanos) {
        if (nanos - now > 0) {
            now = nanos;
        }
    }
}
