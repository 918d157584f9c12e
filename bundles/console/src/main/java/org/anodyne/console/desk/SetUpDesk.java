package org.anodyne.console.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.visit.SimulatedDevices;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.Outline;
import org.anodyne.session.SessionEngine.Place;

/**
 * What has to be known before a session is begun: a protocol's slots and phases, which device can be simulated. For
 * operators.
 */
public final class SetUpDesk {
    private final SessionEngine engine;
    private final ProtocolDesk protocols;
    private final Path simulators;
    private final Path plugins;

    /**
     * @param simulators folder of the simulated devices
     * @param plugins the plug-ins folder
     */
    public SetUpDesk(SessionEngine engine, ProtocolDesk protocols, Path simulators, Path plugins) {
        this.engine = engine;
        this.protocols = protocols;
        this.simulators = simulators;
        this.plugins = plugins;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/protocols/{name}/outline", Route.OPERATORS, c -> outline(c.part("name"))),
                new Route("GET", "/jars", Route.OPERATORS, c -> Map.of("jars", jars())));
    }

    private Object outline(String name) {
        Outline outline = of(name);
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("id", outline.id());
        said.put("title", outline.title());
        said.put("totalSeconds", outline.total().toMillis() / 1e3);
        said.put("asks", outline.asks());
        said.put("slots", outline.slots().stream().map(this::place).toList());
        said.put(
                "phases",
                outline.phases().stream()
                        .map(p -> Map.of(
                                "id", p.id(),
                                "index", p.index(),
                                "repetition", p.repetition(),
                                "seconds", p.length().toMillis() / 1e3,
                                "fixed", p.fixed()))
                        .toList());
        return said;
    }

    private Outline of(String name) {
        try {
            return engine.outline(protocols.file(name));
        } catch (ProtocolException e) {
            throw new Refusal(409, "this protocol cannot be run as it is", Map.of("faults", faults(e)));
        }
    }

    private Map<String, Object> place(Place p) {
        return Map.of(
                "slot", p.slot(),
                "plugin", p.plugin(),
                "kind", p.kind().name(),
                "takesInput", p.takesInput(),
                "simulator",
                        p.takesInput()
                                && SimulatedDevices.of(simulators, p.plugin()).isPresent());
    }

    /**
     * The simulated devices for some slots of a protocol.
     *
     * @param slots names of slots
     * @throws Refusal when there is none for one of them
     */
    Map<String, Path> simulators(String name, Iterable<String> slots) {
        Map<String, Path> jars = new LinkedHashMap<>();
        List<Place> places = null;
        for (String slot : slots) {
            places = places == null ? of(name).slots() : places;
            jars.put(
                    slot,
                    places.stream()
                            .filter(p -> p.slot().equals(slot))
                            .flatMap(p -> SimulatedDevices.of(simulators, p.plugin()).stream())
                            .findFirst()
                            .orElseThrow(() -> new Refusal(
                                    400,
                                    "there is no simulated device for slot '" + slot
                                            + "'; give the address of a device")));
        }
        return jars;
    }

    /** Jars in the plug-ins folder, by which a slot's plug-in can be replaced. */
    private List<Map<String, Object>> jars() throws IOException {
        if (!Files.isDirectory(plugins)) {
            return List.of();
        }
        List<Map<String, Object>> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(plugins)) {
            files.filter(f -> f.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .forEach(f -> jars.add(Map.of(
                            "name", f.getFileName().toString(),
                            "path", f.toAbsolutePath().toString())));
        }
        return jars;
    }

    static List<Map<String, Object>> faults(ProtocolException e) {
        return e.faults().stream()
                .<Map<String, Object>>map(f -> Map.of("line", f.line(), "where", f.where(), "message", f.message()))
                .toList();
    }
}
