package org.anodyne.plugins.vr.sound;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.PluginException;
import org.lwjgl.openal.AL;
import org.lwjgl.openal.AL10;
import org.lwjgl.openal.ALC;
import org.lwjgl.openal.ALC10;
import org.lwjgl.openal.ALC11;
import org.lwjgl.openal.ALCCapabilities;
import org.lwjgl.openal.ALCapabilities;
import org.lwjgl.openal.ALUtil;
import org.lwjgl.openal.EXTDisconnect;
import org.lwjgl.openal.EXTFloat32;
import org.lwjgl.openal.EXTThreadLocalContext;
import org.lwjgl.openal.SOFTDirectChannels;
import org.lwjgl.openal.SOFTHRTF;
import org.lwjgl.openal.SOFTOutputLimiter;

/**
 * A sound card that plays the finished mix as it is: no HRTF, no limiter, no panning of its own. It holds a few blocks ahead,
 * which is how long a change takes to be heard and how long the render thread may be late. Thread: the one that made it.
 */
final class Card implements AutoCloseable {
    /** Blocks ahead: 80 ms, two and a half frames of 30 a second (engineering default). */
    static final int AHEAD = 8;

    private final String name;
    private final int rateHz;
    private final long device;
    private final long context;
    private final ALCapabilities capabilities;
    private final int source;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final List<Integer> buffers = new ArrayList<>();
    private final boolean tellsLoss;
    private int queued;
    private long underruns;

    private Card(long device, ALCCapabilities alc, int rateHz) throws PluginException {
        this.device = device;
        this.rateHz = rateHz;
        context = ALC10.alcCreateContext(device, new int[] {
            ALC10.ALC_FREQUENCY,
            rateHz,
            SOFTHRTF.ALC_HRTF_SOFT,
            ALC10.ALC_FALSE,
            SOFTOutputLimiter.ALC_OUTPUT_LIMITER_SOFT,
            ALC10.ALC_FALSE,
            0
        });
        if (context == 0) {
            ALC10.alcCloseDevice(device);
            throw new PluginException("sound: the sound card does not take " + rateHz + " Hz");
        }
        EXTThreadLocalContext.alcSetThreadContext(context);
        capabilities = AL.createCapabilities(alc);
        AL.setCurrentThread(capabilities);
        tellsLoss = alc.ALC_EXT_disconnect;
        String all = ALC10.alcGetString(device, ALC11.ALC_ALL_DEVICES_SPECIFIER);
        name = all == null ? "unnamed" : all;
        source = AL10.alGenSources();
        AL10.alSourcei(source, AL10.AL_SOURCE_RELATIVE, AL10.AL_TRUE);
        AL10.alSourcei(source, SOFTDirectChannels.AL_DIRECT_CHANNELS_SOFT, AL10.AL_TRUE);
        for (int i = 0; i < AHEAD; i++) {
            buffers.add(AL10.alGenBuffers());
        }
        free.addAll(buffers);
    }

    /**
     * Opens a card.
     *
     * @param wanted its name, or empty for the one that the system prefers
     * @return empty when the system has none
     * @throws PluginException when there is none of this name, with the names of those that there are
     */
    static Optional<Card> open(String wanted, int rateHz) throws PluginException {
        long device = wanted.isEmpty() ? ALC10.alcOpenDevice((ByteBuffer) null) : ALC10.alcOpenDevice(wanted);
        if (device == 0) {
            if (wanted.isEmpty()) {
                return Optional.empty();
            }
            List<String> names = ALUtil.getStringList(0, ALC11.ALC_ALL_DEVICES_SPECIFIER);
            throw new PluginException("sound: there is no sound card '" + wanted + "'; "
                    + (names == null || names.isEmpty()
                            ? "there is none at all"
                            : "there are: " + String.join(", ", names))
                    + ". Set soundDevice to one of them, or leave it empty");
        }
        return Optional.of(new Card(device, ALC.createCapabilities(device), rateHz));
    }

    private void use() {
        EXTThreadLocalContext.alcSetThreadContext(context);
        AL.setCurrentThread(capabilities);
    }

    /** Its name, as the system has it. */
    String name() {
        return name;
    }

    /** How many blocks it wants now. */
    int wanted() {
        use();
        for (int n = AL10.alGetSourcei(source, AL10.AL_BUFFERS_PROCESSED); n > 0; n--) {
            free.add(AL10.alSourceUnqueueBuffers(source));
            queued--;
        }
        return free.size();
    }

    /** Takes a block of two channels. */
    void take(float[] block) {
        use();
        int buffer = free.remove();
        AL10.alBufferData(buffer, EXTFloat32.AL_FORMAT_STEREO_FLOAT32, block, rateHz);
        AL10.alSourceQueueBuffers(source, buffer);
        queued++;
        // It is started full, so that it does not run dry at once again.
        if (queued == AHEAD && AL10.alGetSourcei(source, AL10.AL_SOURCE_STATE) != AL10.AL_PLAYING) {
            if (AL10.alGetSourcei(source, AL10.AL_SOURCE_STATE) == AL10.AL_STOPPED) {
                underruns++;
            }
            AL10.alSourcePlay(source);
        }
    }

    /** How often it ran dry: the render thread was late by more than it holds. */
    long underruns() {
        return underruns;
    }

    /** Whether it was pulled out or taken away. */
    boolean lost() {
        return tellsLoss && ALC10.alcGetInteger(device, EXTDisconnect.ALC_CONNECTED) == ALC10.ALC_FALSE;
    }

    @Override
    public void close() {
        use();
        AL10.alSourceStop(source);
        AL10.alDeleteSources(source);
        buffers.forEach(AL10::alDeleteBuffers);
        EXTThreadLocalContext.alcSetThreadContext(0);
        AL.setCurrentThread(null);
        ALC10.alcDestroyContext(context);
        ALC10.alcCloseDevice(device);
    }
}
