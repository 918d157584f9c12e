package org.anodyne.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code device-host --name NAME [--bus URI [--site SITE]]}: a process that holds actuators of sessions that run in
 * another one. It has the bundles of its own run list and joins the bus of the platform that runs from the same home;
 * when none runs yet, it waits for one, and it ends some time after that one has ended.
 *
 * @param name as in {@code session --host SLOT=NAME}
 * @param bus address of the broker; empty to join the platform of this home
 */
record DeviceHostStart(String name, String bus, String site) {
    static final String COMMAND = "device-host";
    private static final Pattern BUNDLE = Pattern.compile("^\\s+([A-Za-z0-9_.-]+);version=.*");
    private static final Pattern FIELD = Pattern.compile("\"(pid|uri|site)\"\\s*:\\s*\"?([^\",}]+)\"?");
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long AFTER_NANOS = TimeUnit.SECONDS.toNanos(25);
    private static final String USAGE = "anodyne device-host --name NAME [--bus URI [--site SITE]]: holds actuators of"
            + " sessions that are started with --host SLOT=NAME; ends with Ctrl-C, or after the platform that it joined.";

    static final String HELP = """
            Usage: anodyne device-host --name NAME [--bus URI [--site SITE]]
            Holds actuators of sessions in a process of its own, which makes them safe when the platform dies.
              --name NAME   as in session … --host SLOT=NAME: letters, digits and hyphens, at most 32
              --bus URI     tcp://host:port of the broker; without it, the platform that runs from the same home is
                            joined as soon as there is one, and this process ends 25 s after that one
              --site SITE   name of the site, with --bus; lab when left out
              -h, --help    this text
            It ends with Ctrl-C, actuators first.""";

    /** Platform that runs from this home. */
    record Running(long pid, String uri, String site) {
        boolean alive() {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** Whether the command, which is the first word, is only asked what it does. */
    static boolean asksForHelp(List<String> words) {
        return words.stream().skip(1).anyMatch(w -> w.equals("--help") || w.equals("-h"));
    }

    /** @throws LaunchException when something is missing */
    static DeviceHostStart parse(List<String> words) {
        Map<String, String> options = new HashMap<>(Map.of("--name", "", "--bus", "", "--site", "lab"));
        for (int i = 1; i < words.size(); i += 2) {
            if (!options.containsKey(words.get(i)) || i + 1 == words.size()) {
                throw new LaunchException(USAGE);
            }
            options.put(words.get(i), words.get(i + 1));
        }
        if (!options.get("--name").matches("[A-Za-z0-9-]{1,32}")) {
            throw new LaunchException("A device host needs a name of letters, digits and hyphens. " + USAGE);
        }
        return new DeviceHostStart(options.get("--name"), options.get("--bus"), options.get("--site"));
    }

    /** Waits for a platform of this home, unless a bus was named. */
    Running await(Path home) throws IOException {
        if (!bus.isEmpty()) {
            return new Running(ProcessHandle.current().pid(), bus, site);
        }
        System.out.println("device host '" + name + "' waits for a platform that runs from " + home);
        while (!Thread.currentThread().isInterrupted()) {
            Optional<Running> found = find(home);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new LaunchException("stopped while it waited for a platform");
    }

    private static Optional<Running> find(Path home) throws IOException {
        Path folder = home.resolve("var").resolve("running");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path f :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                Map<String, String> fields = new HashMap<>();
                Matcher m = FIELD.matcher(Files.readString(f));
                while (m.find()) {
                    fields.put(m.group(1), m.group(2));
                }
                if (fields.size() == 3 && fields.get("pid").matches("[0-9]{1,18}")) {
                    Running r = new Running(Long.parseLong(fields.get("pid")), fields.get("uri"), fields.get("site"));
                    if (r.alive()) {
                        return Optional.of(r);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Ends the process some time after the platform that it joined: by then everything here was made safe and closed. */
    void endAfter(Running platform) {
        if (!bus.isEmpty()) {
            return;
        }
        Thread t = new Thread(
                () -> {
                    while (platform.alive()) {
                        LockSupport.parkNanos(LOOK_NANOS);
                    }
                    long until = System.nanoTime() + AFTER_NANOS;
                    while (System.nanoTime() - until < 0) {
                        LockSupport.parkNanos(LOOK_NANOS);
                    }
                    System.out.println("device host '" + name + "' ends: its platform has ended");
                    System.exit(0);
                },
                "device-host-end");
        t.setDaemon(true);
        t.start();
    }

    /** Settings that join the platform's bus, in a file of this process's own. */
    Path settings(Running platform, Path folder) throws IOException {
        Path file = folder.resolve("device-host.json");
        Files.writeString(
                file,
                "{\":configurator:resource-version\": 1, \":configurator:symbolic-name\": \"org.anodyne.devicehost\","
                        + " \":configurator:version\": \"1.0.0\", \"org.anodyne.bus\": {\"uri\": \"" + platform.uri
                        + "\", \"site\": \"" + platform.site + "\"}}\n");
        return file;
    }

    /** Those of the platform's bundles that the run list of device hosts names. */
    static List<Path> choose(List<Path> all) throws IOException {
        Set<String> wanted = new HashSet<>();
        try (InputStream in = DeviceHostStart.class.getResourceAsStream("/device-host.bndrun");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().map(BUNDLE::matcher).filter(Matcher::matches).forEach(m -> wanted.add(m.group(1)));
        }
        List<Path> chosen = new java.util.ArrayList<>();
        for (Path p : all) {
            try (JarFile jar = new JarFile(p.toFile())) {
                String bsn = jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                if (bsn != null && wanted.remove(bsn.split(";")[0].strip())) {
                    chosen.add(p);
                }
            }
        }
        if (!wanted.isEmpty()) {
            throw new LaunchException("This build lacks bundles of the device host's run list: " + wanted);
        }
        return chosen;
    }
}
