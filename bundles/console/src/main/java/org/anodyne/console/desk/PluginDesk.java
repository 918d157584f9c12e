package org.anodyne.console.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Route;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginPorts;

/** What is installed: for the panel of plug-ins, and for the workshop with parameters and ports. */
public final class PluginDesk {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PluginRegistry registry;

    /** @param registry what is installed */
    public PluginDesk(PluginRegistry registry) {
        this.registry = registry;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/plugins",
                Route.OPERATORS,
                c -> Map.of(
                        "plugins",
                        registry.plugins().stream().map(PluginDesk::told).toList())));
    }

    private static Map<String, Object> told(InstalledPlugin p) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", p.id());
        told.put("kind", p.kind() == null ? "" : p.kind().name().toLowerCase(java.util.Locale.ROOT));
        told.put("title", p.title());
        told.put("version", p.version());
        told.put("bundle", p.bundle());
        told.put("sha256", p.sha256());
        told.put("state", p.state().name());
        told.put("reason", p.reason());
        told.put("signedBy", p.signedBy());
        JsonNode schema;
        try {
            schema = JSON.readTree(p.schema());
        } catch (JsonProcessingException e) {
            schema = JSON.createObjectNode();
        }
        told.put("schema", schema);
        if (p.state() == InstalledPlugin.State.AVAILABLE) {
            ports(p, schema, told);
        }
        return told;
    }

    private static void ports(InstalledPlugin p, JsonNode schema, Map<String, Object> told) {
        try {
            PluginPorts ports = p.ports(new Parameters(defaults(schema)));
            told.put("ports", ports);
        } catch (RuntimeException e) {
            // One that cannot say what it takes and gives before it has parameters: the page shows it without.
            told.put("portsUnknown", String.valueOf(e.getMessage()));
        }
    }

    /** What holds where a protocol says nothing; numbers as the schema's type wants them. */
    private static Map<String, Object> defaults(JsonNode schema) {
        Map<String, Object> all = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(e -> {
            JsonNode value = e.getValue().path("default");
            if (value.isNumber()) {
                JsonNode type = e.getValue().path("type");
                boolean whole = type.asText("").equals("integer") || (type.isMissingNode() && value.isIntegralNumber());
                all.put(e.getKey(), whole ? (Object) value.longValue() : (Object) value.doubleValue());
            } else if (!value.isMissingNode() && !value.isNull()) {
                all.put(e.getKey(), Call.plain(value));
            }
        });
        return all;
    }
}
