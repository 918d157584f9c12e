package org.anodyne.plugins.vr.sound;

import org.anodyne.plugin.scene.Sound;

/** Sound where none is wanted: everything is taken, nothing is heard. */
public final class Silence implements Sound {
    @Override
    public Voice voice(float[] samples, int rateHz, boolean loop) {
        return new Mute();
    }

    @Override
    public Voice ambience(float[] samples, int rateHz, boolean loop) {
        return new Mute();
    }

    private static final class Mute implements Voice {
        private boolean playing;

        @Override
        public void place(float x, float y, float z) {
            // Nowhere.
        }

        @Override
        public void gain(float gain) {
            // Nothing is heard.
        }

        @Override
        public void play() {
            playing = true;
        }

        @Override
        public void stop() {
            playing = false;
        }

        @Override
        public boolean playing() {
            return playing;
        }
    }
}
