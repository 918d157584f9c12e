package org.anodyne.plugins.vr.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.MirrorPicture;
import org.junit.jupiter.api.Test;

class MirrorSenderTest {
    private final Deque<Runnable> lane = new ArrayDeque<>();
    private final List<MirrorPicture> sent = new ArrayList<>();
    private final MirrorSender sender = new MirrorSender(lane::add, sent::add);

    private static Mirror.Shot noise(long frame) {
        byte[] rgba = new byte[4 * 480 * 480];
        new SplittableRandom(frame).nextBytes(rgba);
        return new Mirror.Shot(0, frame, 480, 480, rgba);
    }

    @Test
    void ofThoseThatWaitTheNewestIsSent() {
        sender.take(noise(1));
        sender.take(noise(2));
        sender.take(noise(3));
        assertEquals(1, lane.size(), "a slow lane is not flooded");
        lane.remove().run();
        assertEquals(List.of(3L), sent.stream().map(MirrorPicture::frame).toList());
        sender.take(noise(4));
        lane.remove().run();
        assertEquals(2, sent.size());
    }

    @Test
    void evenNoiseIsSmallEnoughForTheBus() {
        byte[] jpeg = MirrorSender.jpeg(noise(1));
        assertTrue(jpeg.length > 50_000 && jpeg.length <= MirrorPicture.MOST_BYTES, jpeg.length + " bytes");
    }

    @Test
    void aSenderWhoseLaneHasEndedIsQuiet() {
        MirrorSender late = new MirrorSender(
                task -> {
                    throw new java.util.concurrent.RejectedExecutionException();
                },
                sent::add);
        late.take(noise(1));
        late.take(noise(2));
        assertEquals(List.of(), sent);
    }
}
