package org.anodyne.plugins.openbcicyton;

import java.util.List;
import java.util.function.BiConsumer;
import org.anodyne.plugin.device.LiveStream;

/**
 * Makes samples of packets: counts those that never came, pairs the two boards of a Daisy, scales to microvolts and g. With a
 * Daisy the packets with odd numbers are the Cyton's (channels 1–8) and the even ones that follow them the Daisy's (9–16); a
 * sample of which one half is lost is lost. Thread: one at a time.
 */
final class Samples {
    private static final String LOST = "the sample counter jumped: packets were lost on the way";
    private static final int ACCELEROMETER_PACKETS = 10;
    private static final double G_PER_COUNT = 0.002 / 16;
    private static final int NONE = -1;
    private static final int BOARD_TIME_PACKETS = 2500;

    private final Settings settings;
    private final LiveStream main;
    private final LiveStream second;
    private final BiConsumer<Long, Long> boardTime;
    private final List<Channel> delivered;
    private final float[] gravity = new float[3];

    private long last = NONE;
    private long lastPair = NONE;
    private Packet half;
    private long window = NONE;
    private boolean moved;
    private long told = Long.MIN_VALUE;

    /**
     * @param boardTime told from time to time: milliseconds of the board's clock, session nanoseconds of the same packet
     */
    Samples(Settings settings, LiveStream main, LiveStream second, BiConsumer<Long, Long> boardTime) {
        this.settings = settings;
        this.main = main;
        this.second = second;
        this.boardTime = boardTime;
        this.delivered = settings.delivered();
    }

    /** The board was set up anew: its counter begins again. */
    void restart() {
        last = NONE;
        lastPair = NONE;
        half = null;
        window = NONE;
        moved = false;
        told = Long.MIN_VALUE;
    }

    /** Takes a packet that arrived at this session time. */
    void packet(Packet packet, long arrivedNanos) {
        long steps = 1;
        if (last == NONE) {
            last = packet.number();
        } else {
            int jump = packet.number() - (int) last & 0xFF;
            steps = jump == 0 ? 256 : jump;
            last += steps;
        }
        if (settings.daisy()) {
            pair(packet, arrivedNanos);
        } else {
            main.lost(steps - 1, LOST);
            main.sample(microvolts(packet, packet), arrivedNanos);
        }
        if (settings.aux() == Settings.Aux.ACCELEROMETER) {
            acceleration(packet, arrivedNanos);
        } else {
            second.lost(steps - 1, LOST);
            float[] words = new float[settings.auxWords()];
            for (int i = 0; i < words.length; i++) {
                words[i] = packet.auxWord(i);
            }
            second.sample(words, arrivedNanos);
        }
        if (packet.timed() && (told == Long.MIN_VALUE || last - told >= BOARD_TIME_PACKETS)) {
            told = last;
            boardTime.accept(packet.boardMillis(), arrivedNanos);
        }
    }

    private void pair(Packet packet, long arrivedNanos) {
        long pair = (last + 1) / 2;
        if (last % 2 != 0) {
            half = packet;
            return;
        }
        pair--;
        Packet first = half;
        half = null;
        if (first == null || (first.number() + 1 & 0xFF) != packet.number()) {
            return;
        }
        if (lastPair != NONE) {
            main.lost(pair - lastPair - 1, LOST);
        }
        lastPair = pair;
        main.sample(microvolts(first, packet), arrivedNanos);
    }

    private float[] microvolts(Packet cyton, Packet daisy) {
        float[] values = new float[delivered.size()];
        for (int i = 0; i < values.length; i++) {
            Channel channel = delivered.get(i);
            int count = channel.number() <= Packet.CHANNELS
                    ? cyton.counts()[channel.number() - 1]
                    : daisy.counts()[channel.number() - 1 - Packet.CHANNELS];
            values[i] = (float) (count * channel.microvoltsPerCount());
        }
        return values;
    }

    /** The board measures acceleration ten times slower: one value for every ten packets, at the end of the ten. */
    private void acceleration(Packet packet, long arrivedNanos) {
        long now = last / ACCELEROMETER_PACKETS;
        if (window != NONE && now > window) {
            if (moved) {
                second.lost(now - window - 1, LOST);
                second.sample(gravity, arrivedNanos);
            }
            window = now;
        } else if (window == NONE) {
            window = now;
        }
        if (!packet.accelerometer()) {
            return;
        }
        if (packet.timed()) {
            int axis = packet.number() % 10 - 7;
            if (axis >= 0) {
                gravity[axis] = (float) (packet.auxWord(0) * G_PER_COUNT);
                moved |= axis == 2;
            }
        } else if (packet.auxWord(0) != 0 || packet.auxWord(1) != 0 || packet.auxWord(2) != 0) {
            for (int axis = 0; axis < gravity.length; axis++) {
                gravity[axis] = (float) (packet.auxWord(axis) * G_PER_COUNT);
            }
            moved = true;
        }
    }
}
