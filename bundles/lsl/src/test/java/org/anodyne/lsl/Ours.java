package org.anodyne.lsl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One of our ends in a process of its own, on all of its host's networks: {@code Ours offer|take NAME}. */
final class Ours {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Ours() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments[1];
        if (arguments[0].equals("offer")) {
            StreamInfo wanted = StreamInfo.of(name, "EEG", 2, 100, ChannelFormat.FLOAT32, name);
            try (Outlet outlet = Outlet.open(wanted, Network.LAN)) {
                System.out.println("offering");
                // Ends when its parent does; a sample for every byte that comes.
                for (int k = 0; System.in.read() >= 0; k++) {
                    outlet.push(Sample.of(1000 + k / 100.0, k % 100, (k + 1) % 100));
                }
            }
            return;
        }
        StreamInfo found = new Resolver(Network.LAN)
                .resolve("name='" + name + "'", 1, PATIENCE).stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no stream " + name));
        CountDownLatch samples = new CountDownLatch(20);
        try (Inlet inlet = new Inlet(Network.LAN, found, 1000, "test-inlet", new Inlet.Listener() {
            @Override
            public void connected(StreamInfo info, ClockOffset clock) {
                System.out.println("connected " + info.address() + " " + clock.correctionSeconds());
            }

            @Override
            public void sample(Sample sample, double localSeconds) {
                samples.countDown();
            }

            @Override
            public void clock(ClockOffset clock) {}

            @Override
            public void lost(String reason) {}
        })) {
            inlet.open(PATIENCE);
            samples.await();
            System.out.println("taken");
        }
    }
}
