package org.anodyne.plugins.vr.sound;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Sound;
import org.lwjgl.openal.AL10;
import org.lwjgl.openal.EXTFloat32;
import org.lwjgl.openal.SOFTDirectChannels;

/** The voices of one scene; {@link #close} frees all of them. Thread: the render thread. */
final class SceneSound implements Sound, AutoCloseable {
    private static final int LEAST_RATE = 4000;
    private static final int GREATEST_RATE = 192_000;

    private final String slot;
    private final Loopback world;
    private final Loopback around;
    private final Runnable ended;
    private final List<Source> sources = new ArrayList<>();
    private boolean closed;

    /** @param ended told once, before the voices are freed */
    SceneSound(String slot, Loopback world, Loopback around, Runnable ended) {
        this.slot = slot;
        this.world = world;
        this.around = around;
        this.ended = ended;
    }

    String slot() {
        return slot;
    }

    @Override
    public Voice voice(float[] samples, int rateHz, boolean loop) {
        check(samples, rateHz);
        return keep(new Source(world, EXTFloat32.AL_FORMAT_MONO_FLOAT32, samples, rateHz, loop));
    }

    @Override
    public Voice ambience(float[] samples, int rateHz, boolean loop) {
        check(samples, rateHz);
        float[] both = new float[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            both[2 * i] = samples[i];
            both[2 * i + 1] = samples[i];
        }
        return keep(new Source(around, EXTFloat32.AL_FORMAT_STEREO_FLOAT32, both, rateHz, loop));
    }

    private Source keep(Source s) {
        sources.add(s);
        return s;
    }

    private void check(float[] samples, int rateHz) {
        if (closed) {
            throw new IllegalStateException("scene '" + slot + "' has ended; it can have no more voices");
        }
        if (samples.length == 0 || rateHz < LEAST_RATE || rateHz > GREATEST_RATE) {
            throw new IllegalArgumentException("a voice of " + samples.length + " samples at " + rateHz
                    + " Hz cannot sound; it needs at least one, and a rate from " + LEAST_RATE + " to "
                    + GREATEST_RATE);
        }
        for (int i = 0; i < samples.length; i++) {
            if (!(Math.abs(samples[i]) <= 1)) {
                throw new IllegalArgumentException(
                        "sample " + i + " of a voice is " + samples[i] + "; samples are from -1 to 1");
            }
        }
    }

    /** Longest of the ambience that sounds now, seconds; 0 when there is none. */
    double ambienceSeconds() {
        double longest = 0;
        for (Source s : sources) {
            if (s.bus == around && s.playing()) {
                longest = Math.max(longest, s.seconds);
            }
        }
        return longest;
    }

    @Override
    public void close() {
        if (!closed) {
            ended.run();
            sources.forEach(Source::free);
            closed = true;
        }
    }

    /** One source and its buffer. After the end of the scene nothing it is told has an effect. */
    private final class Source implements Voice {
        private final Loopback bus;
        private final int source;
        private final int buffer;
        private final double seconds;

        Source(Loopback bus, int format, float[] samples, int rateHz, boolean loop) {
            this.bus = bus;
            bus.use();
            AL10.alGetError();
            source = AL10.alGenSources();
            if (AL10.alGetError() != AL10.AL_NO_ERROR) {
                throw new IllegalStateException("scene '" + slot + "' has " + sources.size()
                        + " voices and can have no more; let it use one again");
            }
            buffer = AL10.alGenBuffers();
            AL10.alBufferData(buffer, format, samples, rateHz);
            AL10.alSourcei(source, AL10.AL_BUFFER, buffer);
            AL10.alSourcei(source, AL10.AL_LOOPING, loop ? AL10.AL_TRUE : AL10.AL_FALSE);
            if (bus == around) {
                AL10.alSourcei(source, AL10.AL_SOURCE_RELATIVE, AL10.AL_TRUE);
                AL10.alSourcei(source, SOFTDirectChannels.AL_DIRECT_CHANNELS_SOFT, AL10.AL_TRUE);
            }
            int error = AL10.alGetError();
            if (error != AL10.AL_NO_ERROR) {
                free();
                throw new IllegalStateException("OpenAL cannot take a voice of " + samples.length + " samples: error 0x"
                        + Integer.toHexString(error));
            }
            seconds = (double) samples.length / (bus == around ? 2 : 1) / rateHz;
        }

        @Override
        public void place(float x, float y, float z) {
            if (!closed && bus == world) {
                bus.use();
                AL10.alSource3f(source, AL10.AL_POSITION, x, y, z);
            }
        }

        @Override
        public void gain(float gain) {
            if (!closed && !Float.isNaN(gain)) {
                bus.use();
                AL10.alSourcef(source, AL10.AL_GAIN, Math.max(0, Math.min(1, gain)));
            }
        }

        @Override
        public void play() {
            if (!closed && !playing()) {
                AL10.alSourcePlay(source);
            }
        }

        @Override
        public void stop() {
            if (!closed) {
                bus.use();
                AL10.alSourceStop(source);
            }
        }

        @Override
        public boolean playing() {
            if (closed) {
                return false;
            }
            bus.use();
            return AL10.alGetSourcei(source, AL10.AL_SOURCE_STATE) == AL10.AL_PLAYING;
        }

        private void free() {
            bus.use();
            AL10.alDeleteSources(source);
            AL10.alDeleteBuffers(buffer);
        }
    }
}
