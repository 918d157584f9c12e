package org.anodyne.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.anodyne.host.SafetyDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "ledger",
        description =
                "Shows what a participant was given, by day, session and kind; what is unsettled; and what remains"
                        + " until the limits of today. A session may run meanwhile.",
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<SafetyDesk> desk;

    @Spec
    CommandSpec spec;

    @Option(names = "--participant", required = true, paramLabel = "ID", description = "Code of the participant.")
    String participant;

    @Option(names = "--json", description = "Prints one JSON object.")
    boolean json;

    LedgerCommand(Supplier<SafetyDesk> desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Map<String, Object> said = desk.get().ask("ledger", Map.of("participant", participant));
        String message = RemoteOptions.message(said);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> facts = new TreeMap<>(said);
            facts.keySet().removeAll(List.of("ok", "message"));
            out.println(JSON.writeValueAsString(facts));
            return 0;
        }
        out.println(message);
        out.println();
        doses(maps(said, "doses"), out);
        unsettled(maps(said, "unsettled"), out);
        remaining(maps(said, "remaining"), out);
        if (said.get("policyFaults") instanceof List<?> faults && !faults.isEmpty()) {
            out.println("The site's policy has faults, so nothing is actuated: " + faults);
        }
        out.flush();
        return 0;
    }

    private static List<Map<?, ?>> maps(Map<String, Object> said, String name) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (said.get(name) instanceof List<?> all) {
            all.forEach(o -> maps.add((Map<?, ?>) o));
        }
        return maps;
    }

    private static void doses(List<Map<?, ?>> all, PrintWriter out) {
        Table table = new Table("DAY", "SESSION", "KIND", "PULSES", "CHARGE mC", "MINUTES", "COMMANDS", "");
        boolean current = false;
        for (Map<?, ?> dose : all) {
            Map<?, ?> a = amounts(dose);
            current |= "tes".equals(dose.get("kind"));
            table.row(
                    dose.get("day"),
                    dose.get("session"),
                    kind(dose),
                    whole(a, "pulses"),
                    charge(a),
                    minutes(a),
                    whole(a, "commands"),
                    besides(a));
        }
        out.print(table);
        if (current) {
            out.println("A sham of tes stands there with the most that its active arm can have given.");
        }
    }

    private static void unsettled(List<Map<?, ?>> all, PrintWriter out) {
        out.println();
        if (all.isEmpty()) {
            out.println("Nothing is unsettled.");
            return;
        }
        out.println("Unsettled: ordered, and not known to be over. It counts whole.");
        Table table = new Table("DAY", "SESSION", "KIND", "SLOT", "COMMAND", "PULSES", "CHARGE mC", "MINUTES");
        for (Map<?, ?> o : all) {
            Map<?, ?> a = amounts(o);
            table.row(
                    o.get("day"),
                    o.get("session"),
                    kind(o),
                    o.get("slot"),
                    o.get("command"),
                    whole(a, "pulses"),
                    charge(a),
                    minutes(a));
        }
        out.print(table);
    }

    private static void remaining(List<Map<?, ?>> all, PrintWriter out) {
        out.println();
        if (all.isEmpty()) {
            out.println("No limit of these kinds adds up; each command is judged by itself.");
            return;
        }
        Table table = new Table("KIND", "LIMIT", "OF", "USED", "LIMIT", "REMAINS", "");
        for (Map<?, ?> r : all) {
            table.row(
                    kind(r),
                    r.get("limit"),
                    r.get("of"),
                    number(r.get("used")),
                    number(r.get("value")),
                    number(r.get("remains")),
                    r.get("unit"));
        }
        out.print(table);
    }

    private static Map<?, ?> amounts(Map<?, ?> dose) {
        return dose.get("amounts") instanceof Map<?, ?> m ? m : Map.of();
    }

    private static String kind(Map<?, ?> dose) {
        return dose.get("kind") + (Boolean.TRUE.equals(dose.get("simulated")) ? " (simulated)" : "");
    }

    private static String whole(Map<?, ?> amounts, String quantity) {
        return amounts.get(quantity) instanceof Number n ? number(n) : "-";
    }

    /** Of TENS one phase of every pulse, of tDCS and tACS all of it. */
    private static String charge(Map<?, ?> amounts) {
        return amounts.get("chargeMillicoulomb") instanceof Number mC
                ? number(mC)
                : amounts.get("chargeMicrocoulomb") instanceof Number uC ? number(uC.doubleValue() / 1000) : "-";
    }

    private static String minutes(Map<?, ?> amounts) {
        return amounts.get("seconds") instanceof Number s ? number(s.doubleValue() / 60) : "-";
    }

    private static String besides(Map<?, ?> amounts) {
        List<String> words = new ArrayList<>();
        if (amounts.get("thetaBursts") instanceof Number n) {
            words.add(number(n) + " theta burst");
        }
        for (String from : List.of("44", "48")) {
            if (amounts.get("secondsFrom" + from) instanceof Number n) {
                words.add(number(n) + " s from " + from + " degC");
            }
        }
        return String.join(", ", words);
    }

    private static String number(Object value) {
        double d = value instanceof Number n ? n.doubleValue() : Double.NaN;
        return d == Double.POSITIVE_INFINITY
                ? "unlimited"
                : d == Math.rint(d) ? String.format(Locale.ROOT, "%.0f", d) : String.format(Locale.ROOT, "%.3f", d);
    }
}
