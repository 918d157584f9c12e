package org.anodyne.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anodyne.plugin.Delay;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Chain;
import org.anodyne.session.SessionEngine.Lag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "latency",
        description =
                "Before a session: how late each chain of a protocol answers its signal, by stage. Transport is measured now,"
                        + " on this machine; everything else is what the plug-ins state.",
        mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROTOCOL", description = "Protocol file (YAML).")
    Path protocol;

    @Option(names = "--input", paramLabel = "SLOT=FILE", description = "Recording or device of a slot, as for session.")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--rate",
            paramLabel = "SLOT=HZ",
            description =
                    "Sampling rate of a device's stream, which nobody knows before it is open; that of a recording is read.")
    Map<String, Double> rates = new LinkedHashMap<>();

    @Option(
            names = "--acquisition",
            paramLabel = "SLOT=MS",
            description =
                    "How late an amplifier is by itself, milliseconds, as its maker states or the lab has measured.")
    Map<String, Double> acquisition = new LinkedHashMap<>();

    @Option(names = "--json", description = "Prints one JSON object and nothing else on the standard output.")
    boolean json;

    LatencyCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Platform p = session.platform().get();
        p.registry.awaitSettled(Duration.ofSeconds(30));
        List<Chain> chains;
        try {
            chains = SourceFacts.withAcquisition(
                    p.engine.chains(protocol, inputs, SourceFacts.rates(inputs, rates)), acquisition);
            SourceFacts.known(chains, rates.keySet());
        } catch (ProtocolException e) {
            CheckCommand.tell(spec.commandLine().getErr(), protocol, e.faults());
            return CommandFailure.BAD_INPUT;
        }
        BusHop hop = BusHop.measure(session.connected().bus);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(figures(protocol.toString(), chains, hop)));
        } else {
            tell(out, chains, hop);
        }
        out.flush();
        return 0;
    }

    static void tell(PrintWriter out, List<Chain> chains, BusHop hop) {
        if (chains.isEmpty()) {
            out.println("Nothing in this protocol answers a signal: there is no chain.");
            return;
        }
        for (Chain chain : chains) {
            out.println(String.join(" -> ", chain.slots())
                    + (chain.trigger().isEmpty() ? "" : "   (trigger " + chain.trigger() + ")"));
            Table table = new Table("STAGE", "SLOT", "DELAY", "BASIS");
            for (Lag lag : chain.delays()) {
                table.row(
                        stage(lag),
                        lag.slot(),
                        lag.delay().map(LatencyCommand::delay).orElse("not stated"),
                        lag.delay().map(Delay::basis).orElse(""));
            }
            table.row("transport", chain.hops() + " hops", time(chain.hops() * hop.median()), hop.told());
            out.print(table);
            out.println("total: " + total(chain, hop));
            out.println();
        }
    }

    private static String total(Chain chain, BusHop hop) {
        double transport = chain.hops() * hop.median();
        double least = chain.least() + transport;
        double most = chain.most() + transport;
        List<String> missing = missing(chain);
        return (least == most
                        ? time(least)
                        : time(least) + " to " + time(most) + ", by where in a block or step it falls")
                + (missing.isEmpty() ? "" : "; not in it, since not stated: " + String.join(", ", missing));
    }

    private static List<String> missing(Chain chain) {
        return chain.delays().stream()
                .filter(l -> l.delay().isEmpty())
                .map(l -> stage(l) + " of " + l.slot())
                .toList();
    }

    private static String stage(Lag lag) {
        return lag.stage().name().toLowerCase(Locale.ROOT);
    }

    private static String delay(Delay delay) {
        return (delay.atMost() ? "up to " : "") + time(delay.seconds());
    }

    private static String time(double seconds) {
        return seconds >= 1
                ? String.format(Locale.ROOT, "%.3f s", seconds)
                : String.format(Locale.ROOT, seconds > 0 && seconds < 0.01 ? "%.2f ms" : "%.0f ms", seconds * 1e3);
    }

    static Map<String, Object> figures(String protocol, List<Chain> chains, BusHop hop) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Chain chain : chains) {
            List<Map<String, Object>> delays = new ArrayList<>();
            for (Lag lag : chain.delays()) {
                Optional<Delay> delay = lag.delay();
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("stage", stage(lag));
                one.put("slot", lag.slot());
                one.put("seconds", delay.map(Delay::seconds).orElse(null));
                one.put("atMost", delay.map(Delay::atMost).orElse(null));
                one.put("basis", delay.map(Delay::basis).orElse("not stated"));
                delays.add(one);
            }
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("slots", chain.slots());
            one.put("trigger", chain.trigger().isEmpty() ? null : chain.trigger());
            one.put("delays", delays);
            one.put("hops", chain.hops());
            one.put("transportSeconds", chain.hops() * hop.median());
            one.put("leastSeconds", chain.least() + chain.hops() * hop.median());
            one.put("mostSeconds", chain.most() + chain.hops() * hop.median());
            one.put("notStated", missing(chain));
            list.add(one);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("protocol", protocol);
        figures.put("busHop", hop.figures());
        figures.put("chains", list);
        return figures;
    }
}
