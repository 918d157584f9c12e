package org.anodyne.plugins.bodyillusion;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Picture2D;
import org.anodyne.scenery.Shape;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** The room with all that does not move. Built on the lane, drawn on the render thread. */
final class Interior {
    private static final Matrix4f HERE = new Matrix4f();

    /** A shape, the picture on it, how often a metre has it along and across, and how it is lit. */
    private record Part(Shape shape, Picture2D picture, Vector3f along, Vector3f across, Daylight.Lit lit) {}

    private final Picture2D boards = Wood.boards();
    private final Picture2D linen = Wood.linen();
    private final Picture2D plain = Wood.plain();
    private final Picture2D pores = Wood.pores();
    private final Picture2D garden = Window.garden();
    private final Picture2D panes = Window.panes();
    private final Picture2D leaves = Window.leaves();
    private final Picture2D shade;
    private final List<Part> parts = new ArrayList<>();
    private final List<Mesh> meshes = new ArrayList<>();
    private final Matrix4f outside = new Matrix4f().translation(Window.GARDEN_AT);
    private Mesh canvas;

    /** With an arm on this side, so large and turned so far. */
    Interior(int side, float scale, float turn, Vector3f sunWay) {
        Shade thrown = new Shade();
        Room.armShade(thrown, side, scale, turn);
        Shape onTable = Things.onTable(side, thrown);
        shade = thrown.picture(sunWay);
        Vector3f x = new Vector3f(1, 0, 0);
        Vector3f y = new Vector3f(0, 1, 0);
        Vector3f z = new Vector3f(0, 0, 1);
        Vector3f wallAlong = new Vector3f(0.9f, 0, 0.8f);
        parts.add(new Part(Room.cloth(side), linen, times(x, 26), times(z, 26), Daylight.Lit.SHADED));
        parts.add(new Part(onTable, plain, new Vector3f(6, 0, 5), times(y, 6), Daylight.Lit.SUNNY));
        parts.add(new Part(Room.tableTop(), boards, times(x, 0.8f), times(z, 1.75f), Daylight.Lit.SHADED));
        parts.add(new Part(Room.tableLegs(), boards, times(x, 0.8f), times(y, 1.75f), Daylight.Lit.SUNNY));
        parts.add(new Part(Window.frame(), plain, wallAlong, y, Daylight.Lit.SUNNY));
        parts.add(new Part(Things.plant(), plain, wallAlong, y, Daylight.Lit.DULL));
        parts.add(new Part(Things.shelf(), plain, wallAlong, y, Daylight.Lit.DULL));
        parts.add(new Part(Room.floor(), boards, times(z, 0.45f), times(x, 1.6f), Daylight.Lit.SUNNY));
        parts.add(new Part(Room.walls(), plain, wallAlong, y, Daylight.Lit.DULL));
    }

    private static Vector3f times(Vector3f axis, float perMetre) {
        return new Vector3f(axis).mul(perMetre);
    }

    void begin(Resources resources) {
        boards.upload(resources, true);
        linen.upload(resources, true);
        List.of(plain, pores, leaves, garden).forEach(p -> p.uploadNear(resources));
        panes.upload(resources, false);
        shade.upload(resources, false);
        meshes.clear();
        parts.forEach(p -> meshes.add(Mesh.of(resources, p.shape())));
        canvas = Mesh.of(resources, Window.view());
    }

    /** From now on what is drawn has no picture but a slight unevenness. */
    void plain(Daylight light) {
        bindLight();
        light.lit(Daylight.Lit.SUNNY).picture(plain, new Vector3f(6, 0, 5), new Vector3f(0, 6, 0));
    }

    /** From now on what is drawn is woven. */
    void woven(Daylight light) {
        bindLight();
        light.lit(Daylight.Lit.SUNNY).picture(linen, new Vector3f(22, 0, 0), new Vector3f(0, 14, 22));
    }

    /** From now on what is drawn is skin. */
    void skin(Daylight light) {
        bindLight();
        light.lit(Daylight.Lit.SKIN).picture(pores, new Vector3f(24, 0, 0), new Vector3f(0, 14, 24));
    }

    private void bindLight() {
        panes.bind(1);
        leaves.bind(2);
        shade.bind(3);
    }

    /** Draws it; near things first. */
    void draw(Daylight light, Eye eye) {
        bindLight();
        for (int i = 0; i < parts.size(); i++) {
            Part p = parts.get(i);
            light.lit(p.lit()).put(HERE).picture(p.picture(), p.along(), p.across());
            meshes.get(i).draw(eye);
        }
        light.lit(Daylight.Lit.DULL)
                .picture(garden, new Vector3f(1 / Window.GARDEN_WIDE, 0, 0), new Vector3f(0, 1 / Window.GARDEN_HIGH, 0))
                .put(outside);
        canvas.draw();
    }
}
