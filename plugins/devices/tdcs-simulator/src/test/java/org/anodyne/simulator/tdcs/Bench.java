package org.anodyne.simulator.tdcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultKind;
import org.anodyne.simulator.kit.Wire;

/** A device on a clock that the test turns, spoken to with literal lines. */
final class Bench implements Wire {
    static final long MS = 1_000_000L;

    final List<String> trace = new ArrayList<>();
    final List<byte[]> writes = new ArrayList<>();
    final StringBuilder said = new StringBuilder();
    final Unit unit;
    long now;

    Bench(double kiloohms, double drift) {
        unit = new Unit(0, 7, new Body(kiloohms, drift, 0), this, trace::add);
        pass(50);
        lines();
    }

    Bench() {
        this(8, 0);
    }

    /** 2 mA with ramps of 10 s, 60 s altogether, begun just now; fed by {@link #pass}. */
    static Bench running(String... more) {
        Bench bench = new Bench();
        bench.all("CONF:CURR 2.000", "CONF:RAMP 10", "CONF:DUR 60", "CONF:AREA 25", "SYST:WDOG 5000");
        bench.all(more);
        bench.all("OUTP:ARM", "OUTP ON");
        return bench;
    }

    /** Sends each and wants OK. */
    void all(String... commands) {
        for (String command : commands) {
            String answer = ask(command);
            if (!answer.equals("OK")) {
                throw new AssertionError(command + ": " + answer);
            }
        }
    }

    void send(String line) {
        unit.receive((line + "\n").getBytes(StandardCharsets.ISO_8859_1), now);
    }

    /** Sends a line and gives what is said within 20 ms. */
    String ask(String line) {
        lines();
        send(line);
        pass(20);
        return String.join("|", lines());
    }

    /** Lets time pass in one piece. */
    void pass(long millis) {
        now += millis * MS;
        unit.advance(now);
    }

    /** Lets seconds pass and feeds the watchdog. */
    void live(double seconds) {
        for (long left = Math.round(seconds * 1000); left > 0; left -= 100) {
            send("STAT?");
            pass(Math.min(100, left));
        }
        lines();
    }

    /** What was said since the last look. */
    List<String> lines() {
        List<String> lines = said.toString().lines().toList();
        said.setLength(0);
        return lines;
    }

    void fault(String fault) {
        unit.faults().inject(Fault.parse(fault), now);
    }

    void clear(FaultKind kind) {
        unit.faults().clear(kind, now);
    }

    double number(String name) {
        String state = unit.state(now).toString();
        int at = state.indexOf('"' + name + "\":") + name.length() + 3;
        int end = at;
        while ("-.0123456789".indexOf(state.charAt(end)) >= 0) {
            end++;
        }
        return Double.parseDouble(state.substring(at, end));
    }

    State state() {
        return unit.state();
    }

    boolean on() {
        return unit.outputOn(now);
    }

    @Override
    public void write(byte[] bytes) {
        writes.add(bytes);
        said.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void cut(boolean cut) {
        trace.add(cut ? "cut" : "mended");
    }
}
