package org.anodyne.bench.scene;

import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.osgi.service.component.annotations.Component;

/** A scene that draws nothing: what the display itself needs for a frame. */
@Component(service = PluginFactory.class)
@ProvidesPlugin(kind = PluginKind.SCENE, id = EmptyScene.ID, title = "Nothing at all, for benchmarks")
public final class EmptyScene implements PluginFactory {
    static final String ID = "bench-empty";

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PluginPorts.NONE;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new SceneProgram() {
            @Override
            public void begin(Stage stage) {}

            @Override
            public void advance(Frame frame) {}

            @Override
            public void draw(View view) {}

            @Override
            public void close() {}
        };
    }
}
