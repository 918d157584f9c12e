package org.anodyne.scenery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.joml.Matrix4f;
import org.joml.Matrix4fc;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Triangles being put together: places, normals, colours, and what {@link Surface} does with them. A pen (colour and nature)
 * is set and stays until it is set anew; {@link Solids} draws with it. Triangles turn anticlockwise as seen from outside.
 * Thread: one at a time, any.
 */
public final class Shape {
    /** Bytes of a vertex: place and normal as floats, colour and nature as bytes. */
    static final int STRIDE = 32;

    private static final int PARTS = 14;

    private float[] vertices = new float[64 * PARTS];
    private int[] indices = new int[256];
    private int vertexCount;
    private int indexCount;
    private final float[] pen = {1, 1, 1, 0, 0, 0, 0, 1};
    private final Matrix4f at = new Matrix4f();
    private final Vector3f scratch = new Vector3f();
    private boolean closed;

    /** Changes vertices one by one: see {@link #repaint}. */
    public interface Painter {
        /**
         * The colour of a vertex.
         *
         * @param place of the vertex
         * @param normal of the vertex
         * @param colour that it has, to be changed
         */
        void paint(Vector3fc place, Vector3fc normal, Vector3f colour);
    }

    /** Moves vertices one by one: see {@link #reshape}. */
    public interface Mover {
        /** Moves the place, whose normal was this. */
        void move(Vector3f place, Vector3fc normal);
    }

    /** The pen's colour, {@code 0xrrggbb}. */
    public Shape colour(int rgb) {
        return colour(Colours.of(rgb));
    }

    /** The pen's colour. */
    public Shape colour(Vector3fc c) {
        pen[0] = c.x();
        pen[1] = c.y();
        pen[2] = c.z();
        return this;
    }

    /** How much it shines by itself: 0 not, 1 its colour at full strength whatever the light. */
    public Shape glow(float glow) {
        pen[3] = glow;
        return this;
    }

    /** How far the wind moves it: 1 for a metre in a storm, and how much it trembles in it. */
    public Shape sway(float sway, float flutter) {
        pen[4] = sway;
        pen[5] = flutter;
        return this;
    }

    /** How much light passes through it, as through a leaf: 0 to 1. */
    public Shape translucent(float part) {
        pen[6] = part;
        return this;
    }

    /** How much of sky and sun it sees: 1 in the open, 0 in a crack. */
    public Shape open(float part) {
        pen[7] = part;
        return this;
    }

    /**
     * Says that no triangle of it is to be seen from behind, as of a ball or of leaves with two sides: those that look away are
     * then not drawn, which halves what it costs.
     */
    public Shape closed() {
        closed = true;
        return this;
    }

    /** Whether {@link #closed} was said of it. */
    boolean isClosed() {
        return closed;
    }

    /** Where what is drawn from now on is put. */
    public Shape at(Matrix4fc transform) {
        at.set(transform);
        return this;
    }

    /** Where what is drawn from now on is put: moved only. */
    public Shape at(float x, float y, float z) {
        at.translation(x, y, z);
        return this;
    }

    /** A vertex drawn with the pen; its normal need not be of length 1. Gives its number. */
    public int vertex(float x, float y, float z, float nx, float ny, float nz) {
        if ((vertexCount + 1) * PARTS > vertices.length) {
            vertices = Arrays.copyOf(vertices, vertices.length * 2);
        }
        int i = vertexCount * PARTS;
        at.transformPosition(x, y, z, scratch);
        vertices[i] = scratch.x;
        vertices[i + 1] = scratch.y;
        vertices[i + 2] = scratch.z;
        at.transformDirection(nx, ny, nz, scratch);
        putNormal(i, scratch);
        System.arraycopy(pen, 0, vertices, i + 6, pen.length);
        return vertexCount++;
    }

    private void putNormal(int i, Vector3f n) {
        float length = n.length();
        if (length > 1e-12f) {
            n.div(length);
        } else {
            n.set(0, 1, 0);
        }
        vertices[i + 3] = n.x;
        vertices[i + 4] = n.y;
        vertices[i + 5] = n.z;
    }

    /** A triangle of three vertices, anticlockwise from outside. */
    public Shape triangle(int a, int b, int c) {
        if (indexCount + 3 > indices.length) {
            indices = Arrays.copyOf(indices, indices.length * 2);
        }
        indices[indexCount++] = a;
        indices[indexCount++] = b;
        indices[indexCount++] = c;
        return this;
    }

    /** Two triangles of four vertices, anticlockwise from outside. */
    public Shape quad(int a, int b, int c, int d) {
        return triangle(a, b, c).triangle(a, c, d);
    }

    /** Adds another shape, put where this says; the pen does not matter. */
    public Shape add(Shape other, Matrix4fc where) {
        int first = vertexCount;
        float[] before = pen.clone();
        Matrix4f place = new Matrix4f(at);
        at.mul(where);
        for (int v = 0; v < other.vertexCount; v++) {
            int i = v * PARTS;
            float[] o = other.vertices;
            System.arraycopy(o, i + 6, pen, 0, pen.length);
            vertex(o[i], o[i + 1], o[i + 2], o[i + 3], o[i + 4], o[i + 5]);
        }
        System.arraycopy(before, 0, pen, 0, pen.length);
        at.set(place);
        for (int i = 0; i < other.indexCount; i += 3) {
            triangle(first + other.indices[i], first + other.indices[i + 1], first + other.indices[i + 2]);
        }
        return this;
    }

    /** A vertex as another shape has it, whatever the pen; gives its number. */
    int copy(Shape other, int vertex) {
        if ((vertexCount + 1) * PARTS > vertices.length) {
            vertices = Arrays.copyOf(vertices, vertices.length * 2);
        }
        System.arraycopy(other.vertices, vertex * PARTS, vertices, vertexCount * PARTS, PARTS);
        return vertexCount++;
    }

    /** Gives every vertex another colour. */
    public Shape repaint(Painter painter) {
        return repaint(0, painter);
    }

    /** Gives every vertex from this number on another colour. */
    public Shape repaint(int from, Painter painter) {
        Vector3f c = new Vector3f();
        for (int v = from; v < vertexCount; v++) {
            int i = v * PARTS;
            c.set(vertices[i + 6], vertices[i + 7], vertices[i + 8]);
            painter.paint(place(v), normal(v), c);
            vertices[i + 6] = c.x;
            vertices[i + 7] = c.y;
            vertices[i + 8] = c.z;
        }
        return this;
    }

    /** Moves every vertex from this number on; the normals are made anew by {@link #smooth}. */
    public Shape reshape(int from, Mover mover) {
        for (int v = from; v < vertexCount; v++) {
            int i = v * PARTS;
            Vector3f p = place(v);
            mover.move(p, normal(v));
            vertices[i] = p.x;
            vertices[i + 1] = p.y;
            vertices[i + 2] = p.z;
        }
        return this;
    }

    /** Makes the normals of the vertices from this number on anew: the mean of those of their triangles, by area. */
    public Shape smooth(int from) {
        float[] sum = new float[3 * vertexCount];
        Vector3f a = new Vector3f();
        Vector3f b = new Vector3f();
        for (int i = 0; i < indexCount; i += 3) {
            Vector3f p = place(indices[i]);
            place(indices[i + 1]).sub(p, a);
            place(indices[i + 2]).sub(p, b);
            a.cross(b);
            for (int k = 0; k < 3; k++) {
                int v = 3 * indices[i + k];
                sum[v] += a.x;
                sum[v + 1] += a.y;
                sum[v + 2] += a.z;
            }
        }
        for (int v = from; v < vertexCount; v++) {
            putNormal(v * PARTS, a.set(sum[3 * v], sum[3 * v + 1], sum[3 * v + 2]));
        }
        return this;
    }

    /** Is lit as level ground, whatever was said with the pen: every normal looks up, no light passes through. */
    public Shape litAsGround() {
        for (int v = 0; v < vertexCount; v++) {
            int i = v * PARTS;
            vertices[i + 3] = 0;
            vertices[i + 4] = 1;
            vertices[i + 5] = 0;
            vertices[i + 12] = 0;
        }
        return this;
    }

    /** Sets how much of the sky a vertex sees. */
    public Shape open(int vertex, float part) {
        vertices[vertex * PARTS + 13] = part;
        return this;
    }

    /** How much of the sky a vertex sees. */
    public float openness(int vertex) {
        return vertices[vertex * PARTS + 13];
    }

    /** Number of vertices. */
    public int vertexCount() {
        return vertexCount;
    }

    /** Number of triangles. */
    public int triangleCount() {
        return indexCount / 3;
    }

    /** Number of a triangle's vertex, {@code corner} 0 to 2. */
    public int corner(int triangle, int corner) {
        return indices[3 * triangle + corner];
    }

    /** Place of a vertex, a new vector. */
    public Vector3f place(int vertex) {
        int i = vertex * PARTS;
        return new Vector3f(vertices[i], vertices[i + 1], vertices[i + 2]);
    }

    /** Normal of a vertex, length 1, a new vector. */
    public Vector3f normal(int vertex) {
        int i = vertex * PARTS;
        return new Vector3f(vertices[i + 3], vertices[i + 4], vertices[i + 5]);
    }

    /** Colour of a vertex, a new vector. */
    public Vector3f colourOf(int vertex) {
        int i = vertex * PARTS;
        return new Vector3f(vertices[i + 6], vertices[i + 7], vertices[i + 8]);
    }

    /** Middle of the box around it. */
    public Vector3f middle() {
        Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
        Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
        for (int v = 0; v < vertexCount; v++) {
            low.min(place(v));
            high.max(place(v));
        }
        return vertexCount == 0 ? low.zero() : low.add(high).mul(0.5f);
    }

    /** Greatest distance of a vertex from here, metres. */
    public float radius(Vector3fc from) {
        float most = 0;
        for (int v = 0; v < vertexCount; v++) {
            most = Math.max(most, place(v).distanceSquared(from));
        }
        return (float) Math.sqrt(most);
    }

    /** Vertices as the graphics card takes them. */
    ByteBuffer vertexBytes() {
        return vertices(ByteBuffer.allocate(vertexCount * STRIDE).order(ByteOrder.nativeOrder()));
    }

    /** Writes the vertices as the graphics card takes them into a buffer of {@link #STRIDE} bytes for each. */
    ByteBuffer vertices(ByteBuffer out) {
        for (int v = 0; v < vertexCount; v++) {
            int i = v * PARTS;
            for (int k = 0; k < 6; k++) {
                out.putFloat(vertices[i + k]);
            }
            for (int k = 6; k < PARTS; k++) {
                out.put((byte) Math.round(255 * Math.max(0, Math.min(1, vertices[i + k]))));
            }
        }
        return out.flip();
    }

    /** Indices as the graphics card takes them. */
    int[] indices() {
        return Arrays.copyOf(indices, indexCount);
    }
}
