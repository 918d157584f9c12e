package org.anodyne.plugins.vr.mirror;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.anodyne.plugin.scene.MirrorPicture;
import org.lwjgl.stb.STBIWriteCallback;
import org.lwjgl.stb.STBImageWrite;
import org.lwjgl.system.MemoryUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes JPEG files of pictures on another thread and sends them. Of those that wait only the newest is kept. Thread: any. */
public final class MirrorSender implements Mirror.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorSender.class);
    private static final int CHANNELS = 4;
    /** About 25 KiB for a world, and noise that fills the largest picture is still below the limit (engineering default). */
    private static final int QUALITY = 80;

    private final Executor executor;
    private final Consumer<MirrorPicture> out;
    private final AtomicReference<Mirror.Shot> waiting = new AtomicReference<>();

    public MirrorSender(Executor executor, Consumer<MirrorPicture> out) {
        this.executor = executor;
        this.out = out;
    }

    @Override
    public void take(Mirror.Shot shot) {
        if (waiting.getAndSet(shot) != null) {
            return; // its task is still to run, and sends this one
        }
        try {
            executor.execute(this::send);
        } catch (RejectedExecutionException e) {
            waiting.set(null);
            LOG.debug("nobody sends pictures any more");
        }
    }

    private void send() {
        Mirror.Shot shot = waiting.getAndSet(null);
        if (shot == null) {
            return;
        }
        try {
            byte[] jpeg = jpeg(shot);
            out.accept(new MirrorPicture(shot.timeNanos(), shot.frame(), shot.width(), shot.height(), jpeg));
        } catch (IllegalStateException e) {
            LOG.debug("nobody wants pictures yet, or any more: {}", e.getMessage());
        }
    }

    /** As a JPEG file. */
    static byte[] jpeg(Mirror.Shot shot) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(32 * 1024);
        ByteBuffer pixels = MemoryUtil.memAlloc(CHANNELS * shot.width() * shot.height());
        try (STBIWriteCallback write = STBIWriteCallback.create((context, data, size) -> {
            for (int i = 0; i < size; i++) {
                file.write(MemoryUtil.memGetByte(data + i));
            }
        })) {
            pixels.put(shot.rgba()).flip();
            if (STBImageWrite.stbi_write_jpg_to_func(write, 0, shot.width(), shot.height(), CHANNELS, pixels, QUALITY)
                    == 0) {
                throw new IllegalStateException(
                        "no JPEG could be made of " + shot.width() + " × " + shot.height() + " pixels");
            }
        } finally {
            MemoryUtil.memFree(pixels);
        }
        return file.toByteArray();
    }
}
