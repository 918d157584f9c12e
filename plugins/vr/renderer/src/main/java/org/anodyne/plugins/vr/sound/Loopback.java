package org.anodyne.plugins.vr.sound;

import java.nio.ByteBuffer;
import org.anodyne.plugin.PluginException;
import org.lwjgl.openal.AL;
import org.lwjgl.openal.AL10;
import org.lwjgl.openal.ALC;
import org.lwjgl.openal.ALC10;
import org.lwjgl.openal.ALCCapabilities;
import org.lwjgl.openal.ALCapabilities;
import org.lwjgl.openal.EXTThreadLocalContext;
import org.lwjgl.openal.SOFTHRTF;
import org.lwjgl.openal.SOFTLoopback;
import org.lwjgl.openal.SOFTOutputLimiter;

/**
 * A device of OpenAL Soft that renders two channels into memory instead of a sound card, so that what it gives can be
 * measured. Its limiter is off: what is measured is what was mixed. Thread: the one that made it.
 */
final class Loopback implements AutoCloseable {
    private final long device;
    private final long context;
    private final ALCapabilities capabilities;
    private final boolean hrtf;

    /**
     * @param hrtf whether directions are rendered by head-related transfer functions, for headphones; else by panning
     * @throws PluginException when OpenAL Soft is not there or cannot do it
     */
    Loopback(int rateHz, boolean hrtf) throws PluginException {
        device = SOFTLoopback.alcLoopbackOpenDeviceSOFT((ByteBuffer) null);
        if (device == 0) {
            throw new PluginException(
                    "sound: OpenAL Soft cannot render into memory; use the OpenAL Soft that comes with"
                            + " the platform, or set sound: off");
        }
        ALCCapabilities alc = ALC.createCapabilities(device);
        if (!alc.ALC_SOFT_HRTF || !alc.ALC_SOFT_output_limiter || !alc.ALC_EXT_thread_local_context) {
            ALC10.alcCloseDevice(device);
            throw new PluginException(
                    "sound: this OpenAL is too old (it lacks HRTF, the switch of its limiter or contexts"
                            + " of threads); use OpenAL Soft 1.20 or newer, or set sound: off");
        }
        context = ALC10.alcCreateContext(device, new int[] {
            SOFTLoopback.ALC_FORMAT_CHANNELS_SOFT,
            SOFTLoopback.ALC_STEREO_SOFT,
            SOFTLoopback.ALC_FORMAT_TYPE_SOFT,
            SOFTLoopback.ALC_FLOAT_SOFT,
            ALC10.ALC_FREQUENCY,
            rateHz,
            SOFTHRTF.ALC_HRTF_SOFT,
            hrtf ? ALC10.ALC_TRUE : ALC10.ALC_FALSE,
            SOFTOutputLimiter.ALC_OUTPUT_LIMITER_SOFT,
            ALC10.ALC_FALSE,
            0
        });
        if (context == 0) {
            ALC10.alcCloseDevice(device);
            throw new PluginException("sound: OpenAL Soft cannot render two channels at " + rateHz + " Hz");
        }
        EXTThreadLocalContext.alcSetThreadContext(context);
        capabilities = AL.createCapabilities(alc);
        AL.setCurrentThread(capabilities);
        this.hrtf = ALC10.alcGetInteger(device, SOFTHRTF.ALC_HRTF_SOFT) == ALC10.ALC_TRUE;
        if (hrtf != this.hrtf) {
            int status = ALC10.alcGetInteger(device, SOFTHRTF.ALC_HRTF_STATUS_SOFT);
            close();
            throw new PluginException("sound: HRTF is " + (hrtf ? "refused" : "forced") + " by OpenAL Soft (status "
                    + status + "); look for 'hrtf' in its configuration (alsoft.conf), or set hrtf: " + !hrtf);
        }
        AL10.alDistanceModel(AL10.AL_INVERSE_DISTANCE_CLAMPED);
        // Voices and heads jump here; a jump is not a speed.
        AL10.alDopplerFactor(0);
    }

    /** Makes it the one that calls of OpenAL of this thread are about. */
    void use() {
        EXTThreadLocalContext.alcSetThreadContext(context);
        AL.setCurrentThread(capabilities);
    }

    /** Its head-related transfer functions in words; empty where it pans. */
    String hrtf() {
        return hrtf ? ALC10.alcGetString(device, SOFTHRTF.ALC_HRTF_SPECIFIER_SOFT) : "";
    }

    /** Renders the next samples, left and right by turns. */
    void render(float[] block) {
        SOFTLoopback.alcRenderSamplesSOFT(device, block, block.length / 2);
    }

    @Override
    public void close() {
        EXTThreadLocalContext.alcSetThreadContext(0);
        AL.setCurrentThread(null);
        ALC10.alcDestroyContext(context);
        ALC10.alcCloseDevice(device);
    }
}
