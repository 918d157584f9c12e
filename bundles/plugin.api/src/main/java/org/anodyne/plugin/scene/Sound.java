package org.anodyne.plugin.scene;

import org.osgi.annotation.versioning.ProviderType;

/** Makes voices that sound in the world; they end with the scene. Thread: the render thread. */
@ProviderType
public interface Sound {
    /**
     * A voice at a place in the world.
     *
     * @param samples one channel, −1 to 1
     * @param rateHz samples per second
     * @param loop whether it begins again at its end
     */
    Voice voice(float[] samples, int rateHz, boolean loop);

    /** A voice around the participant, the same wherever he looks; the scene's ambience. */
    Voice ambience(float[] samples, int rateHz, boolean loop);

    /** Something that sounds. */
    @ProviderType
    interface Voice {
        /** Where it is in the world, metres; without effect on ambience. */
        void place(float x, float y, float z);

        /** How loud, 0 to 1 of the samples as they are. */
        void gain(float gain);

        /** Begins, from the start if it had ended. */
        void play();

        /** Falls silent. */
        void stop();

        /** Whether it sounds. */
        boolean playing();
    }
}
