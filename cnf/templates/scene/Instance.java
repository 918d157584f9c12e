package org.anodyne.plugins.__package__;

import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Daytime;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Sky;
import org.anodyne.scenery.Solids;
import org.anodyne.scenery.Surface;

/** A meadow with trees around. Replace it with your world. */
final class __Class__ implements SceneProgram, Dialled {
    private static final long LAYOUT = 7;
    private static final int TREES = 60;
    private static final float NEAREST = 12;
    private static final float FURTHEST = 90;
    private static final float MEADOW = 120;
    private static final float SUN_BEARING = 0.6f;
    private static final float FULL_CHANGE_SECONDS = 10;

    private final Dial daylight;
    private final Air air = new Air();

    // Made on the lane, before the render thread sees them.
    private Sky sky;
    private Shape ground;
    private Shape tree;
    private Instances trees;

    // The render thread's own.
    private Surface surface;
    private Mesh groundMesh;
    private Mesh treeMesh;

    __Class__(PluginContext context) {
        daylight = new Dial(__Class__Factory.DAYLIGHT, "1", 0, 1, 0.6, 1 / FULL_CHANGE_SECONDS);
        daylight.adopt(context.parameters());
    }

    /** All that takes long and needs no OpenGL: another world may still be seen meanwhile. */
    @Override
    public void prepare(Inputs inputs, Deadline deadline) {
        SplittableRandom random = new SplittableRandom(LAYOUT);
        sky = new Sky(LAYOUT);
        ground = new Shape().colour(0x6f9a4e);
        Solids.cylinder(ground.at(0, -1, 0), MEADOW, MEADOW, 1, 48);
        tree = Plants.broadleaf(random, 0x2f5d34, 0x7fae55, 1);
        trees = new Instances();
        for (int i = 0; i < TREES; i++) {
            double angle = random.nextDouble(2 * Math.PI);
            double away = random.nextDouble(NEAREST, FURTHEST);
            trees.add(
                    (float) (Math.cos(angle) * away),
                    0,
                    (float) (Math.sin(angle) * away),
                    (float) random.nextDouble(0.8, 1.4),
                    (float) random.nextDouble(2 * Math.PI),
                    (float) random.nextDouble(0.85, 1.1));
        }
    }

    @Override
    public void change(Parameters parameters) {
        daylight.adopt(parameters);
    }

    @Override
    public void feature(String port, FeatureInput input) {
        daylight.drive(input.feature().value(), input.feature().timeNanos());
    }

    @Override
    public List<Dial> dials() {
        return List.of(daylight);
    }

    @Override
    public void begin(Stage stage) {
        Resources resources = stage.resources();
        sky.begin(resources);
        surface = new Surface(resources);
        groundMesh = Mesh.of(resources, ground);
        treeMesh = Mesh.of(resources, tree, trees);
    }

    @Override
    public void advance(Frame frame) {
        Daytime.COAST.into(air, (float) daylight.value(), SUN_BEARING);
        air.advance(frame.deltaSeconds());
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(view);
        surface.begin(eye, air);
        treeMesh.draw(eye);
        groundMesh.draw(eye);
        sky.draw(eye, air);
    }

    @Override
    public void close() {
        // What was made through Stage.resources is deleted by the display.
    }
}
