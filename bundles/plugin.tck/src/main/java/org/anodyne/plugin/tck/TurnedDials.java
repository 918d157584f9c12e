package org.anodyne.plugin.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;

/**
 * A scene whose time stands still after some frames; then each of its dials in turn is put to its least value for two frames and
 * to its greatest for one, all others where they were. So two pictures differ by nothing but the dial. Thread: the render
 * thread.
 */
final class TurnedDials implements SceneProgram, Dialled {
    /** Frames of each dial: at its least, the same once more, at its greatest. */
    static final int EACH = 3;

    private final SceneProgram inner;
    private final long before;
    private final List<Double> initial = new ArrayList<>();
    private long frames;
    private Still still;

    /** @param before frames until time stands still */
    TurnedDials(SceneProgram inner, long before) {
        this.inner = inner;
        this.before = before;
        dials().forEach(d -> initial.add(d.target()));
    }

    /** The frames, counted from 1, whose pictures are of any use. */
    List<Long> pictures() {
        List<Long> all = new ArrayList<>();
        for (long i = 1; i <= Math.max(1, (long) EACH * dials().size()); i++) {
            all.add(before + i);
        }
        return all;
    }

    /** The frame in which a dial is at its least; the next shows the same, the one after it has it at its greatest. */
    long frameOf(int dial) {
        return before + 1 + (long) EACH * dial;
    }

    @Override
    public List<Dial> dials() {
        return inner instanceof Dialled d ? d.dials() : List.of();
    }

    @Override
    public void begin(Stage stage) throws PluginException {
        inner.begin(stage);
    }

    @Override
    public void advance(Frame frame) {
        frames++;
        if (frames <= before) {
            inner.advance(frame);
            still = new Still(frame.number(), frame.displayNanos(), frame.sceneSeconds(), frame);
            return;
        }
        int at = (int) (frames - before - 1);
        List<Dial> dials = dials();
        for (int i = 0; i < dials.size(); i++) {
            Dial dial = dials.get(i);
            boolean turned = at / EACH == i;
            dial.tell(!turned ? initial.get(i) : at % EACH < EACH - 1 ? dial.minimum() : dial.maximum());
            dial.settle();
        }
        still = new Still(still.number(), still.displayNanos(), still.sceneSeconds(), frame);
        inner.advance(still);
    }

    @Override
    public void draw(View view) {
        inner.draw(view);
    }

    @Override
    public void end() {
        inner.end();
    }

    @Override
    public void close() {
        // The scene is closed by whoever made it.
    }

    /** A frame at the time of one before it. */
    private record Still(long number, long displayNanos, double sceneSeconds, Frame now) implements Frame {
        @Override
        public float deltaSeconds() {
            return 0;
        }

        @Override
        public Pose head() {
            return now.head();
        }

        @Override
        public Hand left() {
            return now.left();
        }

        @Override
        public Hand right() {
            return now.right();
        }

        @Override
        public Optional<Pose> gaze() {
            return now.gaze();
        }

        @Override
        public boolean selected() {
            return now.selected();
        }

        @Override
        public void onset(String type, Map<String, Object> attributes) {
            now.onset(type, attributes);
        }
    }
}
