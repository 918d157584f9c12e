package org.anodyne.plugin.tck.kit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;

/** Holds a built jar to the kit: {@code JAR --device ADDRESS …}. Exit code 0 all was asked and held, 1 something did not hold, 2 nothing could be asked, 3 not all was asked. */
public final class Main {
    private static final String USAGE = """
            anodyne tck JAR --device ADDRESS [options]

            Holds a built device adapter to the contract, at its device or simulator, and prints a report.

              --device ADDRESS              serial:/dev/ttyUSB0, pty:/path or tcp:HOST:PORT
              --simulator-control HOST:PORT control port of a simulator: every fault that it has is tried
              --parameters JSON             parameters that differ from the defaults, numbers in the schema's units
              --command 'ACTION NAME=VALUE …'
                                            for actuators: a command that does no harm and gives a visible output;
                                            without it the first action with a tenth of each range
              --watchdog MS                 within which the device switches itself off when nothing comes
              --json FILE, --html FILE      writes the report

            Exit code 0: everything was asked and held; 1: something did not hold; 2: nothing could be asked;
            3: INCOMPLETE, what was asked held, but not everything was (no simulator: no fault was tried).
            With a real stimulator: nobody is connected to it while the kit runs.
            """;

    private static final int INCOMPLETE = 3;

    private Main() {}

    /** Runs it and ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.contains("--help")) {
            out.print(USAGE);
            return arguments.isEmpty() ? 2 : 0;
        }
        Map<String, String> options = new HashMap<>();
        List<String> jars = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (!word.startsWith("--")) {
                jars.add(word);
            } else if (i + 1 < arguments.size() && USAGE.contains("  " + word)
                    || List.of("--html").contains(word) && i + 1 < arguments.size()) {
                options.put(word, arguments.get(++i));
            } else {
                err.println("anodyne tck: there is no option " + word + ", or its value is missing");
                return 2;
            }
        }
        if (jars.size() != 1 || !options.containsKey("--device")) {
            err.println("anodyne tck: give one jar and --device ADDRESS; --help says more");
            return 2;
        }
        try {
            Report report = ask(Path.of(jars.get(0)), options, out);
            out.println(report.summary());
            if (options.containsKey("--json")) {
                report.writeJson(Path.of(options.get("--json")));
            }
            if (options.containsKey("--html")) {
                report.writeHtml(Path.of(options.get("--html")));
            }
            return !report.passed() ? 1 : report.complete() ? 0 : INCOMPLETE;
        } catch (IOException | IllegalArgumentException e) {
            err.println("anodyne tck: " + e.getMessage());
            return 2;
        } catch (Check.Broken e) {
            err.println("anodyne tck: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        }
    }

    private static Report ask(Path jar, Map<String, String> options, PrintStream out)
            throws IOException, Check.Broken, InterruptedException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException("there is no file " + jar);
        }
        List<Result> results = new ArrayList<>();
        Map<String, String> about = new LinkedHashMap<>();
        JarAdapter loaded = new JarAdapter(jar);
        about.put("plugin", loaded.id());
        about.put("version", loaded.version());
        about.put("sha256", hash(jar));
        about.put("device", options.get("--device"));
        about.put("simulator", options.containsKey("--simulator-control") ? "yes" : "no");
        about.put("when", Instant.now().toString());
        about.put("java", System.getProperty("java.version"));
        out.println(loaded.id() + " " + loaded.version() + " at " + options.get("--device"));
        for (Check check : all(loaded, options)) {
            show(check.run(), results, out);
        }
        show(loaded.unload().run(), results, out);
        return new Report(about, results);
    }

    /** A method of its own, so that nothing of the plug-in is held by a frame when it is unloaded. */
    private static List<Check> all(JarAdapter loaded, Map<String, String> options) throws IOException {
        Adapter adapter = new Adapter(
                new Held(loaded),
                loaded.parameters(json(options.getOrDefault("--parameters", "{}"))),
                options.get("--device"),
                Optional.ofNullable(options.get("--simulator-control")),
                Optional.ofNullable(options.get("--command")).map(Main::command),
                Optional.ofNullable(options.get("--watchdog")).map(ms -> Duration.ofMillis(Long.parseLong(ms))));
        List<Check> checks = new ArrayList<>(loaded.checks());
        checks.addAll(Kit.checks(adapter));
        return checks;
    }

    /** The factory as long as it is loaded. */
    private record Held(JarAdapter jar) implements org.anodyne.plugin.PluginFactory {
        @Override
        public org.anodyne.plugin.PluginPorts ports(org.anodyne.plugin.Parameters parameters) {
            return jar.factory().ports(parameters);
        }

        @Override
        public org.anodyne.plugin.PluginInstance create(org.anodyne.plugin.PluginContext context) {
            return jar.factory().create(context);
        }
    }

    private static void show(Result result, List<Result> results, PrintStream out) {
        results.add(result);
        out.println(Report.row(result));
        out.flush();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String text) throws IOException {
        return new ObjectMapper()
                .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                .readValue(text, Map.class);
    }

    private static Command command(String text) {
        String[] words = text.strip().split("\\s+");
        Map<String, Double> arguments = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException("'" + words[i] + "' is no NAME=VALUE");
            }
            arguments.put(pair[0], Double.parseDouble(pair[1]));
        }
        return new Command("kit", "slot", words[0], arguments, 0, "kit");
    }

    private static String hash(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
