package org.anodyne.simulator.rehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.Wire;

/** A unit on a clock that the test turns, with everything it wrote and traced. */
final class Bench implements Wire {

    static final long MS = 1_000_000L;

    final List<byte[]> writes = new ArrayList<>();
    final List<String> trace = new ArrayList<>();
    final Unit unit;

    boolean cut;
    long now;
    private int seen;

    Bench(UnitOptions options, String... faults) {
        unit = new Unit(0, options, this, trace::add);
        for (String fault : faults) {
            unit.faults().inject(Fault.parse(fault), 0);
        }
    }

    Bench(String... faults) {
        this(UnitOptions.seeded(7), faults);
    }

    /** A bench whose session is open. */
    static Bench open(String... faults) {
        Bench bench = new Bench(faults);
        bench.pass(1);
        bench.openSession(0);
        return bench;
    }

    /** A bench that stimulates channel 1 at 20 Hz with 200 µs and 14 mA. */
    static Bench started(String... faults) {
        Bench bench = open(faults);
        bench.send(Packet.of(3, 30, 0, 1, 0, 13, 0, 98, 0));
        bench.send(Packet.of(4, 32, 0, 0, 200, 14));
        return bench;
    }

    void openSession(int initNumber) {
        send(Packet.of(initNumber, 2, 0));
        assertEquals(SessionState.READY, snapshot().state());
        packets();
    }

    /** Lets time pass, in milliseconds. */
    void pass(long millis) {
        now += millis * MS;
        unit.advance(now);
    }

    void send(Packet packet) {
        unit.receive(PacketWriter.encode(packet), now);
    }

    /** Sends, lets 50 ms pass and gives what the unit said meanwhile. */
    List<Packet> ask(Packet packet) {
        packets();
        send(packet);
        pass(50);
        return packets();
    }

    /** Packets since the last look; damaged ones are left out. */
    List<Packet> packets() {
        PacketReader reader = new PacketReader();
        List<Packet> packets = new ArrayList<>();
        for (; seen < writes.size(); seen++) {
            for (Reading reading : reader.read(writes.get(seen))) {
                if (reading instanceof Reading.Received received) {
                    packets.add(received.packet());
                }
            }
        }
        return packets;
    }

    Snapshot snapshot() {
        return unit.snapshot(now);
    }

    /** Traced events of this name. */
    List<String> events(String name) {
        return trace.stream()
                .filter(line -> line.contains("\"event\":\"" + name + "\""))
                .toList();
    }

    @Override
    public void write(byte[] bytes) {
        writes.add(bytes);
    }

    @Override
    public void cut(boolean isCut) {
        cut = isCut;
    }
}
