package org.anodyne.plugins.vr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugins.vr.gl.Picture;
import org.anodyne.plugins.vr.mirror.MirrorSender;
import org.anodyne.plugins.vr.sound.Audio;
import org.anodyne.plugins.vr.sound.AudioOutput;
import org.anodyne.plugins.vr.sound.SoundSettings;
import org.anodyne.plugins.vr.surface.Surface;
import org.anodyne.plugins.vr.text.Letters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The display in its slot: starts the render thread, hands scenes to it, opens the surface again when it was lost. Thread: the
 * lane, but for what says otherwise.
 */
final class DisplayInstance implements Display {
    private static final Logger LOG = LoggerFactory.getLogger(DisplayInstance.class);
    private static final long AGAIN_MILLIS = 1000;
    private static final long END_MILLIS = 1800;

    private final PluginContext context;
    private final long givenUpNanos;
    private final Settings settings;
    private final MirrorSender mirror;
    private final ConcurrentLinkedQueue<RenderLoop.Task> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    /** Scenes that run, oldest first; guards itself, the next two, and what is added to the tasks. */
    private final Set<Act> running = new LinkedHashSet<>();

    private final Set<CompletableFuture<Void>> hiding = new LinkedHashSet<>();
    private boolean open;
    private final Holds holds = new Holds();
    private final SceneCall call = new SceneCall();
    private volatile boolean started;
    /** Whether somebody saw the last frame. */
    private volatile boolean watched;

    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile Map<String, Object> description = Map.of();
    private volatile Map<String, Object> heard = Map.of();
    private Thread thread;

    DisplayInstance(PluginContext context) {
        this(context, SceneCall.GIVEN_UP_NANOS);
    }

    /** @param givenUpNanos how long a scene's method may take before the display fails */
    DisplayInstance(PluginContext context, long givenUpNanos) {
        this.context = context;
        this.givenUpNanos = givenUpNanos;
        this.settings = Settings.of(context.parameters());
        this.mirror =
                new MirrorSender(context.executor(), picture -> context.outlet().mirror(picture));
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        settings.check();
        thread = new Thread(this::render, "display-" + context.slot());
        thread.setDaemon(true);
        thread.start();
        // Meanwhile: it takes tenths of a second, which no frame is to wait for.
        Letters.prepare();
        try {
            opened.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PluginException("the display: nothing was drawn in time", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PluginException p
                    ? new PluginException("the display: " + p.getMessage(), p)
                    : new PluginException("the display: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void start() {
        started = true;
        tell("display-opened", context.clock().nowNanos(), description);
        if (!heard.isEmpty()) {
            tell("sound-opened", context.clock().nowNanos(), heard);
        }
        context.executor().scheduleAtFixedRate(this::watch, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void release() {
        holds.clear();
    }

    @Override
    public String recentre() {
        return ask(RenderLoop::recentre);
    }

    @Override
    public String tell(String text, Duration time) {
        String foreign = Letters.missing(text);
        return foreign.isEmpty()
                ? ask(loop -> loop.overlays().say(text, time.toMillis() / 1e3))
                : "it has no letters for " + foreign;
    }

    /** Has something done between two frames, if somebody sees it. */
    private String ask(RenderLoop.Task task) {
        synchronized (running) {
            if (!started || !open) {
                return closing ? "it has failed" : "window or headset is away";
            }
            if (!watched) {
                return "nobody wears the headset";
            }
            tasks.add(task);
            return "";
        }
    }

    @Override
    public void show(Act act) {
        synchronized (running) {
            running.add(act);
            if (open) {
                tasks.add(loop -> {
                    loop.acts().show(act);
                    takePictures(loop, act);
                });
            }
        }
    }

    @Override
    public CompletionStage<Void> hide(Act act) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (running) {
            running.remove(act);
            if (!open) {
                // Nothing is drawn, so no scene is being called.
                done.complete(null);
                return done;
            }
            hiding.add(done);
            tasks.add(loop -> loop.acts().hide(act).thenAccept(done::complete));
        }
        done.thenRun(() -> {
            synchronized (running) {
                hiding.remove(done);
            }
        });
        return done;
    }

    @Override
    public void close() {
        closing = true;
        ending.countDown();
        Thread t = thread;
        if (t == null) {
            gone.complete(null);
            return;
        }
        boolean interrupted = false;
        try {
            t.join(END_MILLIS);
            if (t.isAlive()) {
                LOG.error("the render thread of {} does not end; it is interrupted", context.slot());
                t.interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A scene that never returns cannot be ended, only left: its slot and the display's fail. Thread: the lane. */
    private void watch() {
        if (closing) {
            return;
        }
        call.stuck(givenUpNanos).ifPresent(c -> {
            closing = true;
            String why = "it has not returned from " + c.method() + " for " + givenUpNanos / 1_000_000_000 + " s";
            c.act().failed().accept(why);
            fail("scene '" + c.act().slot() + "' (" + c.act().plugin() + ") holds up every frame: " + why);
            thread.interrupt();
            closed();
        });
    }

    /** Ends as failed, so that the session knows that nothing is seen any more. Thread: any. */
    private void fail(String why) {
        LOG.error("the display {} cannot go on: {}", context.slot(), why);
        tell("display-failed", context.clock().nowNanos(), Map.of("reason", why));
        try {
            context.executor().execute(() -> {
                throw new IllegalStateException(why);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the display is closed already");
        }
    }

    // --- the render thread

    private void render() {
        long frames = 0;
        try (Audio audio = audio()) {
            heard = audio.description();
            while (!closing) {
                frames = once(audio, frames);
            }
        } catch (PluginException e) {
            if (!opened.completeExceptionally(e)) {
                fail(e.getMessage());
            }
        } catch (InterruptedException e) {
            LOG.debug("the render thread was interrupted");
        } catch (RuntimeException | Error e) {
            LOG.error("the display {} threw", context.slot(), e);
            opened.completeExceptionally(e);
            fail(String.valueOf(e));
        } finally {
            closing = true;
            gone.complete(null);
        }
    }

    private Audio audio() throws PluginException {
        SoundSettings sound = SoundSettings.of(
                context.parameters(), settings.mode() != Settings.Mode.HEADLESS, LocalDate.now(ZoneId.systemDefault()));
        return sound.on()
                ? new AudioOutput(
                        sound, (type, attributes) -> tell(type, context.clock().nowNanos(), attributes))
                : Audio.OFF;
    }

    /** Opens the surface and draws until it is lost or the display is closed; number of the next frame. */
    private long once(Audio audio, long firstFrame) throws PluginException, InterruptedException {
        Surface surface;
        try {
            surface = Surfaces.open(settings, context.parameters().integer("eyes"));
        } catch (PluginException e) {
            if (!opened.isDone()) {
                throw e;
            }
            LOG.debug("the display {} is not back: {}", context.slot(), e.getMessage());
            if (ending.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("the display {} is closed before it came back", context.slot());
            }
            return firstFrame;
        }
        try (surface) {
            RenderLoop loop = new RenderLoop(
                    surface,
                    settings,
                    context.clock()::nowNanos,
                    audio,
                    tasks,
                    firstFrame,
                    holds,
                    call,
                    mirror,
                    this::tell);
            describe(surface);
            if (opened.isDone()) {
                tell("display-back", context.clock().nowNanos(), description);
            }
            synchronized (running) {
                open = true;
                running.forEach(a -> tasks.add(l -> l.acts().show(a)));
            }
            float apart = 0;
            try {
                while (!closing) {
                    watched = loop.frame(started);
                    if (loop.betweenEyes() != apart || !opened.isDone()) {
                        // Rate and distance of the eyes are known only since there are frames.
                        apart = loop.betweenEyes();
                        describe(surface);
                    }
                    opened.complete(null);
                }
            } catch (Surface.Lost e) {
                LOG.warn("the display {} is lost: {}", context.slot(), e.getMessage());
                tell("display-lost", context.clock().nowNanos(), Map.of("reason", e.getMessage()));
                if (!e.mayReturn()) {
                    throw new PluginException(e.getMessage(), e);
                }
            } finally {
                loop.close();
                closed();
            }
            return loop.number();
        }
    }

    /** No scene is called any more: who waits for that is told, and what was still to be done is done at the next opening. */
    private void closed() {
        Set<CompletableFuture<Void>> waiting;
        synchronized (running) {
            open = false;
            tasks.clear();
            waiting = new LinkedHashSet<>(hiding);
        }
        waiting.forEach(w -> w.complete(null));
    }

    private void describe(Surface surface) {
        Map<String, Object> now = new HashMap<>();
        now.put("mode", settings.mode().name().toLowerCase(java.util.Locale.ROOT));
        now.put("device", surface.description());
        now.put("eyes", (long) surface.eyes());
        now.put("width", (long) surface.width());
        now.put("height", (long) surface.height());
        now.put("rate", surface.rateHz());
        description = Map.copyOf(now);
    }

    private void takePictures(RenderLoop loop, Act act) {
        String folder = context.parameters().text("pictures");
        if (folder.isEmpty()) {
            return;
        }
        for (Object at : context.parameters().list("picturesAt")) {
            long frames = ((Number) at).longValue();
            CompletableFuture<Picture> picture = new CompletableFuture<>();
            picture.thenAccept(p -> save(p, Path.of(folder, act.slot() + "-" + frames + ".png"), act));
            loop.picture(act, frames, picture);
        }
    }

    private void save(Picture picture, Path file, Act act) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, picture.png());
            tell("picture", context.clock().nowNanos(), Map.of("scene", act.slot(), "file", file.toString()));
        } catch (IOException e) {
            LOG.error("the picture {} cannot be written: {}", file, e.toString());
            tell("picture-failed", context.clock().nowNanos(), Map.of("file", file.toString(), "reason", "" + e));
        }
    }

    private void tell(String type, long nanos, Map<String, Object> attributes) {
        if (!started) {
            return;
        }
        try {
            context.outlet().event(new Event(type, nanos, attributes));
        } catch (IllegalStateException e) {
            LOG.debug("nobody hears any more of {}", type);
        }
    }
}
