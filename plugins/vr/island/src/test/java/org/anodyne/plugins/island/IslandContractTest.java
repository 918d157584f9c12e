package org.anodyne.plugins.island;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugins.vr.DisplayFactory;
import org.junit.jupiter.api.Test;

class IslandContractTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new IslandFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }

    @Override
    protected Map<String, Object> beside(String parameter) {
        return parameter.equals("breathsPerMinute") ? Map.of("breathing", true) : Map.of();
    }

    /** Where one may walk is the display's: RigControlTest. */
    @Override
    protected Set<String> notSeenByThemselves() {
        return Set.of("roam");
    }

    @Test
    void everyDialIsAPortAndALiveParameterOfTheSameName() {
        Schema schema = Schema.of(IslandFactory.class);
        List<String> ports =
                ports().inputs().stream().map(PluginPorts.InputPort::name).toList();
        Island island = (Island) factory().create(context());
        assertEquals(
                IslandFactory.DIALS, island.dials().stream().map(Dial::name).toList());
        assertEquals(IslandFactory.DIALS, ports);
        for (Dial dial : island.dials()) {
            var property = schema.root().path("properties").path(dial.name());
            assertEquals("live", property.path("x-change").asText());
            assertEquals(dial.minimum(), property.path("minimum").asDouble());
            assertEquals(dial.maximum(), property.path("maximum").asDouble());
            assertEquals(dial.target(), property.path("default").asDouble());
        }
        island.close();
    }

    @Test
    void dialsFollowFeaturesAndParameters() throws Exception {
        Island island = (Island) factory().create(context());
        island.feature("fog", new FeatureInput("alpha", new Feature("relative", 5, new double[] {0.7})));
        assertEquals(0.7, dial(island, "fog").target());
        assertEquals(5, dial(island, "fog").toldNanos());
        island.feature("fog", new FeatureInput("alpha", new Feature("relative", 6, new double[] {Double.NaN})));
        assertEquals(0.7, dial(island, "fog").target());
        Map<String, Object> changed =
                new HashMap<>(Schema.of(IslandFactory.class).defaultsWith(Map.of("waves", 0.9)));
        island.change(new Parameters(changed));
        assertEquals(0.9, dial(island, "waves").target());
        assertTrue(dial(island, "waves").value() < 0.9, "jumped");
        island.close();
    }

    private static Dial dial(Island island, String name) {
        return island.dials().stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
