package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_ELEMENT_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_FLOAT;
import static org.lwjgl.opengl.GL33C.GL_STATIC_DRAW;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLES;
import static org.lwjgl.opengl.GL33C.GL_UNSIGNED_BYTE;
import static org.lwjgl.opengl.GL33C.GL_UNSIGNED_INT;
import static org.lwjgl.opengl.GL33C.glBindBuffer;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBufferData;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawElements;
import static org.lwjgl.opengl.GL33C.glDrawElementsInstanced;
import static org.lwjgl.opengl.GL33C.glEnable;
import static org.lwjgl.opengl.GL33C.glEnableVertexAttribArray;
import static org.lwjgl.opengl.GL33C.glIsEnabled;
import static org.lwjgl.opengl.GL33C.glVertexAttrib4f;
import static org.lwjgl.opengl.GL33C.glVertexAttribDivisor;
import static org.lwjgl.opengl.GL33C.glVertexAttribPointer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.anodyne.plugin.scene.Resources;
import org.joml.Vector3f;
import org.joml.Vector3fc;
import org.lwjgl.system.MemoryUtil;

/**
 * A shape on the graphics card, once or many times. Its attributes, by location: 0 place, 1 normal, 2 colour and glow, 3 sway,
 * flutter, translucency, openness, 4 place and scale of the instance, 5 sine and cosine of its turn, brightness, phase.
 * Thread: the render thread.
 */
public final class Mesh {
    private static final int PLACE = 4;
    private static final int TURN = 5;
    private static final int INSTANCE_BYTES = 4 * Instances.PARTS;
    /** Instances further apart than this are drawn, or left out, apart, metres. */
    private static final float CELL = 12;

    private static final float SMALL_CELL = 6;
    private static final float CELL_PER_RADIUS = 7;

    private final int array;
    private final int instanceBuffer;
    private final int indexCount;
    private final boolean closed;
    private final Vector3f middle;
    private final float radius;
    private final List<Instances.Cell> cells;

    private Mesh(Resources resources, Shape shape, Instances instances) {
        array = resources.vertexArray();
        glBindVertexArray(array);
        glBindBuffer(GL_ARRAY_BUFFER, resources.buffer());
        // Given back at once: left to the collector, the vertices of a world that is swapped often would pile up.
        ByteBuffer vertices = MemoryUtil.memAlloc(shape.vertexCount() * Shape.STRIDE);
        glBufferData(GL_ARRAY_BUFFER, shape.vertices(vertices), GL_STATIC_DRAW);
        MemoryUtil.memFree(vertices);
        int stride = Shape.STRIDE;
        glVertexAttribPointer(0, 3, GL_FLOAT, false, stride, 0);
        glVertexAttribPointer(1, 3, GL_FLOAT, false, stride, 12);
        glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, true, stride, 24);
        glVertexAttribPointer(3, 4, GL_UNSIGNED_BYTE, true, stride, 28);
        for (int i = 0; i < PLACE; i++) {
            glEnableVertexAttribArray(i);
        }
        glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, resources.buffer());
        glBufferData(GL_ELEMENT_ARRAY_BUFFER, shape.indices(), GL_STATIC_DRAW);
        indexCount = 3 * shape.triangleCount();
        closed = shape.isClosed();
        middle = shape.middle();
        radius = shape.radius(middle);
        cells = new ArrayList<>();
        if (instances == null) {
            instanceBuffer = 0;
        } else {
            instanceBuffer = resources.buffer();
            glBindBuffer(GL_ARRAY_BUFFER, instanceBuffer);
            float cell = Math.max(SMALL_CELL, Math.min(CELL, CELL_PER_RADIUS * radius));
            float[] data = instances.sorted(cell, radius + middle.length(), cells);
            glBufferData(GL_ARRAY_BUFFER, data, GL_STATIC_DRAW);
            glEnableVertexAttribArray(PLACE);
            glEnableVertexAttribArray(TURN);
            glVertexAttribDivisor(PLACE, 1);
            glVertexAttribDivisor(TURN, 1);
        }
        glBindVertexArray(0);
    }

    /** A shape that is drawn once at a time. */
    public static Mesh of(Resources resources, Shape shape) {
        return new Mesh(resources, shape, null);
    }

    /** A shape that stands at many places. */
    public static Mesh of(Resources resources, Shape shape, Instances instances) {
        return new Mesh(resources, shape, instances);
    }

    /** Middle of the shape. */
    public Vector3fc middle() {
        return middle;
    }

    /** Distance of its outermost vertex from its middle. */
    public float radius() {
        return radius;
    }

    /** Draws it where the program puts it. */
    public void draw() {
        glBindVertexArray(array);
        glVertexAttrib4f(PLACE, 0, 0, 0, 1);
        glVertexAttrib4f(TURN, 0, 1, 1, 0);
        boolean culls = cull();
        glDrawElements(GL_TRIANGLES, indexCount, GL_UNSIGNED_INT, 0);
        if (culls) {
            glDisable(GL_CULL_FACE);
        }
    }

    /** Leaves the back sides of a closed shape out; gives whether that is to be undone. */
    private boolean cull() {
        boolean now = closed && !glIsEnabled(GL_CULL_FACE);
        if (now) {
            glEnable(GL_CULL_FACE);
        }
        return now;
    }

    /** Draws what of it the eye sees: of one without instances all or nothing, of one with instances whole cells. */
    public void draw(Eye eye) {
        draw(eye, 0, Float.POSITIVE_INFINITY);
    }

    /** Draws those cells of instances that the eye sees from at least one distance and not from another, metres. */
    public void draw(Eye eye, float nearest, float furthest) {
        if (instanceBuffer == 0) {
            if (eye.sees(middle, radius)) {
                draw();
            }
            return;
        }
        List<Instances.Cell> seen = new ArrayList<>();
        for (Instances.Cell c : cells) {
            float away = c.middle().distance(eye.position());
            if (away >= nearest && away < furthest && eye.sees(c.middle(), c.radius())) {
                seen.add(c);
            }
        }
        if (seen.isEmpty()) {
            return;
        }
        seen.sort(Comparator.comparingDouble(c -> c.middle().distanceSquared(eye.position())));
        glBindVertexArray(array);
        glBindBuffer(GL_ARRAY_BUFFER, instanceBuffer);
        boolean culls = cull();
        for (Instances.Cell c : seen) {
            long from = (long) c.first() * INSTANCE_BYTES;
            glVertexAttribPointer(PLACE, 4, GL_FLOAT, false, INSTANCE_BYTES, from);
            glVertexAttribPointer(TURN, 4, GL_FLOAT, false, INSTANCE_BYTES, from + 16);
            glDrawElementsInstanced(GL_TRIANGLES, indexCount, GL_UNSIGNED_INT, 0, c.count());
        }
        if (culls) {
            glDisable(GL_CULL_FACE);
        }
    }
}
