package org.anodyne.plugins.vr.surface;

import static org.lwjgl.glfw.GLFW.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;
import org.joml.Quaternionf;
import org.lwjgl.glfw.GLFWVidMode;
import org.lwjgl.opengl.GL11C;

/**
 * A window, or none at all with the same frames. The mouse turns the head while its right button is held; the pointer is the
 * right hand.
 */
public final class ScreenSurface implements Surface {
    private static final float HAND_AHEAD = 0.5f;
    private static final float LOOK_PER_PIXEL = 0.0025f;
    private static final float STEEPEST = 1.4f;
    private static final int[] DIGITS = {
        GLFW_KEY_0,
        GLFW_KEY_1,
        GLFW_KEY_2,
        GLFW_KEY_3,
        GLFW_KEY_4,
        GLFW_KEY_5,
        GLFW_KEY_6,
        GLFW_KEY_7,
        GLFW_KEY_8,
        GLFW_KEY_9
    };

    /** Distance of the eyes where none is measured, metres (mean of adults; engineering default). */
    private static final float BETWEEN_EYES = 0.064f;

    /** What a screen is told. @param monitor see {@link GlContext.Place} @param eyes 2 to draw as for a headset */
    public record Options(
            GlContext.Look look,
            int width,
            int height,
            int monitor,
            double rateHz,
            Pacing pacing,
            float fieldOfView,
            float eyeHeight,
            int eyes) {}

    /** What the frames wait for. */
    public enum Pacing {
        /** The screen or, without one, the clock at the nominal rate. */
        CLOCK,
        /** Nothing: each frame is one nominal period after the one before, however long it takes. */
        STEPS
    }

    private final Options options;
    private final GlContext context;
    private final boolean[] held = new boolean[GLFW_KEY_LAST + 1];
    private final double rateHz;
    private final int width;
    private final int height;
    private long next;
    private boolean mouseHeld;
    private double lastX;
    private double lastY;
    private float yaw;
    private float pitch;
    private final List<String> news = new ArrayList<>();

    /** @throws PluginException when no window or context can be made, with what to do */
    public ScreenSurface(Options options) throws PluginException {
        this.options = options;
        context = new GlContext(
                options.look(), new GlContext.Place(options.width(), options.height(), options.monitor()), "Anodyne");
        double rate = options.rateHz();
        int[] w = {options.width()};
        int[] h = {options.height()};
        if (context.onScreen()) {
            glfwSwapInterval(1);
            glfwGetFramebufferSize(context.window(), w, h);
            boolean whole = options.look() == GlContext.Look.BORDERLESS;
            long monitor = whole ? glfwGetMonitors().get(options.monitor() - 1) : glfwGetPrimaryMonitor();
            GLFWVidMode mode = monitor == 0 ? null : glfwGetVideoMode(monitor);
            rate = mode == null || mode.refreshRate() < 1 ? rate : mode.refreshRate();
        }
        width = w[0];
        height = h[0];
        rateHz = rate;
        next = System.nanoTime();
    }

    @Override
    public int eyes() {
        return options.eyes();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public double rateHz() {
        return rateHz;
    }

    @Override
    public String description() {
        return (context.onScreen() ? "window" : "no screen") + ", " + GlContext.renderer();
    }

    @Override
    public Tick await() throws Lost, InterruptedException {
        long period = Math.round(1e9 / rateHz);
        if (options.pacing() == Pacing.STEPS) {
            next += period;
        } else if (context.onScreen()) {
            // The swap has waited for the screen; what is drawn now is seen at the next one.
            next = System.nanoTime() + period;
        } else {
            next = Math.max(next + period, System.nanoTime() - period);
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the display was interrupted between two frames");
                }
                LockSupport.parkNanos(this, left);
            }
        }
        if (!context.onScreen()) {
            return tick(Tick.Keys.NONE, Hand.AWAY);
        }
        glfwPollEvents();
        if (glfwWindowShouldClose(context.window())) {
            throw new Lost("the window was closed", true);
        }
        look();
        return tick(keys(), pointer());
    }

    private Tick tick(Tick.Keys keys, Hand right) {
        float up = (float) Math.tan(Math.toRadians(options.fieldOfView()) / 2);
        float side = up * width / height;
        Pose head = head();
        List<Tick.Eye> eyes = new ArrayList<>();
        for (int i = 0; i < options.eyes(); i++) {
            float aside = options.eyes() == 1 ? 0 : (i - 0.5f) * BETWEEN_EYES;
            float[] at = head.turned(aside, 0, 0);
            eyes.add(new Tick.Eye(
                    new Pose(
                            head.x() + at[0],
                            head.y() + at[1],
                            head.z() + at[2],
                            head.qx(),
                            head.qy(),
                            head.qz(),
                            head.qw()),
                    (float) -Math.atan(side),
                    (float) Math.atan(side),
                    (float) Math.atan(up),
                    (float) -Math.atan(up)));
        }
        List<String> told = List.copyOf(news);
        news.clear();
        return new Tick(next, true, false, head, eyes, Hand.AWAY, right, Optional.empty(), keys, told);
    }

    private Pose head() {
        Quaternionf q = new Quaternionf().rotateY(yaw).rotateX(pitch);
        return new Pose(0, options.eyeHeight(), 0, q.x, q.y, q.z, q.w);
    }

    private void look() {
        double[] x = new double[1];
        double[] y = new double[1];
        glfwGetCursorPos(context.window(), x, y);
        if (glfwGetMouseButton(context.window(), GLFW_MOUSE_BUTTON_RIGHT) == GLFW_PRESS) {
            yaw -= (float) (x[0] - lastX) * LOOK_PER_PIXEL;
            pitch -= (float) (y[0] - lastY) * LOOK_PER_PIXEL;
            pitch = Math.max(-STEEPEST, Math.min(STEEPEST, pitch));
        }
        lastX = x[0];
        lastY = y[0];
    }

    /** The pointer as a hand, an arm's length ahead where it points. */
    private Hand pointer() {
        double[] x = new double[1];
        double[] y = new double[1];
        int[] w = new int[1];
        int[] h = new int[1];
        glfwGetCursorPos(context.window(), x, y);
        glfwGetWindowSize(context.window(), w, h);
        float up = (float) Math.tan(Math.toRadians(options.fieldOfView()) / 2);
        float vx = (float) (2 * x[0] / Math.max(1, w[0]) - 1) * up * width / height;
        float vy = (float) (1 - 2 * y[0] / Math.max(1, h[0])) * up;
        Quaternionf q = new Quaternionf()
                .rotateY(yaw)
                .rotateX(pitch)
                .rotateY((float) -Math.atan(vx))
                .rotateX((float) Math.atan(vy));
        Pose aim = new Pose(0, options.eyeHeight(), 0, q.x, q.y, q.z, q.w);
        float[] ahead = aim.turned(0, 0, -HAND_AHEAD);
        boolean pressed = glfwGetMouseButton(context.window(), GLFW_MOUSE_BUTTON_LEFT) == GLFW_PRESS;
        return new Hand(
                new Pose(ahead[0], options.eyeHeight() + ahead[1], ahead[2], q.x, q.y, q.z, q.w),
                true,
                pressed ? 1 : 0,
                0,
                0,
                0);
    }

    private Tick.Keys keys() {
        boolean mouse = glfwGetMouseButton(context.window(), GLFW_MOUSE_BUTTON_LEFT) == GLFW_PRESS;
        boolean select = pressed(GLFW_KEY_SPACE) | (mouse && !mouseHeld);
        mouseHeld = mouse;
        int digit = -1;
        for (int i = 0; i < DIGITS.length; i++) {
            if (pressed(DIGITS[i])) {
                digit = i;
            }
        }
        if (pressed(GLFW_KEY_C)) {
            recentre();
        }
        return new Tick.Keys(
                select,
                axis(GLFW_KEY_W, GLFW_KEY_S),
                axis(GLFW_KEY_D, GLFW_KEY_A),
                axis(GLFW_KEY_E, GLFW_KEY_Q),
                pressed(GLFW_KEY_ESCAPE),
                digit);
    }

    private float axis(int more, int less) {
        return (down(more) ? 1 : 0) - (down(less) ? 1 : 0);
    }

    private boolean down(int key) {
        return glfwGetKey(context.window(), key) == GLFW_PRESS;
    }

    private boolean pressed(int key) {
        boolean now = down(key);
        boolean fresh = now && !held[key];
        held[key] = now;
        return fresh;
    }

    @Override
    public int framebuffer(int eye) {
        return 0;
    }

    @Override
    public long submit() {
        if (context.onScreen()) {
            glfwSwapBuffers(context.window());
        } else {
            GL11C.glFinish();
        }
        return System.nanoTime();
    }

    @Override
    public void recentre() {
        yaw = 0;
        pitch = 0;
        news.add("recentred");
    }

    @Override
    public void close() {
        context.close();
    }
}
