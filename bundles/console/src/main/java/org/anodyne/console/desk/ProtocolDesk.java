package org.anodyne.console.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.SessionEngine.Reading;

/**
 * Protocol files: the lab's own in {@code protocols/} of the home, which can be written, and the shipped examples, which cannot.
 * The same files that the command line takes.
 */
public final class ProtocolDesk {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern TITLE = Pattern.compile("(?m)^title:\\s*(.+?)\\s*$");
    private static final String SUFFIX = ".yaml";
    static final int LONGEST = 512 * 1024;

    private final SessionEngine engine;
    private final Path own;
    private final Path examples;
    private final Audit audit;

    /**
     * @param own folder of the lab's own
     * @param examples folder of the shipped ones
     */
    public ProtocolDesk(SessionEngine engine, Path own, Path examples, Audit audit) {
        this.engine = engine;
        this.own = own;
        this.examples = examples;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/protocols", Route.OPERATORS, c -> Map.of("protocols", list())),
                new Route("GET", "/protocols/{name}", Route.OPERATORS, this::read),
                new Route("PUT", "/protocols/{name}", Route.OPERATORS, this::write),
                new Route("DELETE", "/protocols/{name}", Route.OPERATORS, this::delete),
                new Route("POST", "/protocols/{name}/rename", Route.OPERATORS, this::rename),
                new Route("POST", "/check", Route.OPERATORS, this::check));
    }

    /** Whether a protocol may have this name. */
    static boolean named(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The file of a protocol.
     *
     * @throws Refusal when there is none of that name
     */
    public Path file(String name) {
        if (!named(name)) {
            throw new Refusal(400, "'" + name + "' cannot be a protocol's name: letters, digits and . _ -");
        }
        for (Path folder : List.of(own, examples)) {
            Path file = folder.resolve(name + SUFFIX);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new Refusal(404, "there is no protocol '" + name + "'");
    }

    private List<Map<String, Object>> list() throws IOException {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (Path folder : List.of(own, examples)) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path f : files.sorted().toList()) {
                    String file = f.getFileName().toString();
                    if (file.endsWith(SUFFIX) && Files.size(f) < LONGEST) {
                        String text = Files.readString(f);
                        // A folder of examples also holds other files in YAML.
                        if (text.contains("anodyne:") && text.contains("phases:")) {
                            String name = file.substring(0, file.length() - SUFFIX.length());
                            Matcher title = TITLE.matcher(text);
                            all.putIfAbsent(
                                    name,
                                    Map.of(
                                            "name",
                                            name,
                                            "title",
                                            title.find() ? title.group(1).replaceAll("^['\"]|['\"]$", "") : name,
                                            "own",
                                            folder.equals(own)));
                        }
                    }
                }
            }
        }
        return new ArrayList<>(all.values());
    }

    private Object read(Call call) throws IOException {
        Path file = file(call.part("name"));
        String text = Files.readString(file);
        return Map.of(
                "name", call.part("name"),
                "text", text,
                "own", file.startsWith(own),
                "version", digest(text),
                "faults", faults(file));
    }

    private Object write(Call call) throws IOException {
        String name = call.part("name");
        if (!named(name)) {
            throw new Refusal(400, "'" + name + "' cannot be a protocol's name: letters, digits and . _ -");
        }
        String text = call.text("text");
        longest(text);
        Path file = own.resolve(name + SUFFIX);
        if (call.yes("asNew") && known(name)) {
            throw new Refusal(409, "there is a protocol '" + name + "' already; choose another name");
        }
        String before = Files.isRegularFile(file) ? digest(Files.readString(file)) : "";
        String based = call.text("basedOn", "");
        if (!based.isEmpty() && !before.isEmpty() && !based.equals(before)) {
            throw new Refusal(
                    409,
                    "somebody else has saved '" + name
                            + "' since you opened it; save yours under another name, or over it",
                    Map.of("changed", true));
        }
        Files.createDirectories(own);
        Path part = own.resolve("." + name + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        audit.add(call.browser().who(), call.browser().role().word(), "protocol saved", name);
        return Map.of("name", name, "faults", faults(file), "version", digest(text));
    }

    private boolean known(String name) {
        return Files.isRegularFile(own.resolve(name + SUFFIX)) || Files.isRegularFile(examples.resolve(name + SUFFIX));
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object rename(Call call) throws IOException {
        String name = call.part("name");
        String to = call.text("to");
        Path file = file(name);
        if (!file.startsWith(own)) {
            throw new Refusal(409, "a shipped example cannot be renamed; copy it");
        }
        if (!named(to)) {
            throw new Refusal(400, "'" + to + "' cannot be a protocol's name: letters, digits and . _ -");
        }
        if (known(to)) {
            throw new Refusal(409, "there is a protocol '" + to + "' already; choose another name");
        }
        Files.move(file, own.resolve(to + SUFFIX));
        audit.add(call.browser().who(), call.browser().role().word(), "protocol renamed", name + " to " + to);
        return Map.of("name", to);
    }

    private Object delete(Call call) throws IOException {
        Path file = file(call.part("name"));
        if (!file.startsWith(own)) {
            throw new Refusal(409, "a shipped example cannot be deleted");
        }
        Files.delete(file);
        audit.add(call.browser().who(), call.browser().role().word(), "protocol deleted", call.part("name"));
        return Map.of();
    }

    private Object check(Call call) throws IOException {
        String text = call.text("text");
        longest(text);
        // Beside the lab's own, so that files that it names are found from there as they will be.
        Files.createDirectories(own);
        Path file = Files.createTempFile(own, ".check-", ".part");
        try {
            Files.writeString(file, text);
            Reading reading = engine.read(file, Map.of());
            Map<String, Object> slots = new LinkedHashMap<>();
            reading.slots()
                    .forEach(s -> slots.put(
                            s.name(),
                            Map.of(
                                    "plugin", s.plugin(),
                                    "kind", s.kind().name().toLowerCase(java.util.Locale.ROOT),
                                    "ports", s.ports())));
            return Map.of("faults", told(reading.faults()), "slots", slots);
        } finally {
            Files.delete(file);
        }
    }

    private static void longest(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new Refusal(413, "the protocol is longer than " + LONGEST / 1024 + " KiB");
        }
    }

    private List<Map<String, Object>> faults(Path file) {
        return told(engine.check(file));
    }

    private static List<Map<String, Object>> told(List<Fault> faults) {
        List<Map<String, Object>> told = new ArrayList<>();
        faults.forEach(f -> told.add(Map.of("line", f.line(), "where", f.where(), "message", f.message())));
        return told;
    }
}
