package org.anodyne.simulator.rehastim;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.simulator.kit.Json;

/**
 * The unit and the body at one moment.
 *
 * @param state where the session is
 * @param mode what GetStimMode would report
 * @param outputOn whether pulses flow or are still due
 * @param channels one entry for each of the eight channels
 * @param lastPacketAgeNanos since the last valid packet of a session, −1 before the first
 * @param replies commands answered since the process began
 * @param faults faults that hold or wait
 */
record Snapshot(
        SessionState state,
        int mode,
        boolean outputOn,
        List<Channel> channels,
        long lastPacketAgeNanos,
        int replies,
        List<String> faults) {

    /** One channel: number 1–8, present setting (0 when off), and sums since the process began. */
    record Channel(int number, int widthMicros, int milliamps, OutputStage.Totals totals) {}

    static Snapshot of(SessionState state, int mode, OutputStage output, long age, int replies, List<String> faults) {
        List<Channel> channels = new ArrayList<>();
        for (int index = 0; index < OutputStage.CHANNELS; index++) {
            int channel = index;
            ChannelPulse pulse = output.settings().stream()
                    .filter(each -> each.channel() == channel)
                    .findFirst()
                    .orElse(new ChannelPulse(channel, 1, 0, 0));
            channels.add(
                    new Channel(channel + 1, pulse.widthMicros(), output.delivered(pulse), output.totals(channel)));
        }
        return new Snapshot(state, mode, output.isOn(), List.copyOf(channels), age, replies, List.copyOf(faults));
    }

    /** Pulses with current over all channels. */
    long pulsesDelivered() {
        return channels.stream().mapToLong(channel -> channel.totals().pulses()).sum();
    }

    /** Charge of one phase of every pulse, summed, in nC. */
    long chargeNanocoulombs() {
        return channels.stream()
                .mapToLong(channel -> channel.totals().chargeNanocoulombs())
                .sum();
    }

    /** Largest charge of one phase of any pulse, in nC. */
    long largestNanocoulombs() {
        return channels.stream()
                .mapToLong(channel -> channel.totals().largestNanocoulombs())
                .max()
                .orElse(0);
    }

    /** As the command {@code state} tells it. */
    Json json() {
        return new Json()
                .put("mode", mode)
                .put("state", state.name())
                .put("outputOn", outputOn)
                .put("pulsesDelivered", pulsesDelivered())
                .putThousandths("chargeMicroCoulomb", chargeNanocoulombs())
                .putThousandths("maxChargePerPhaseMicroCoulomb", largestNanocoulombs())
                .put("lastPacketAgeMs", lastPacketAgeNanos < 0 ? -1 : lastPacketAgeNanos / 1_000_000)
                .put("replies", replies)
                .put("faults", faults)
                .putObjects(
                        "channels", channels.stream().map(Snapshot::channelJson).toList());
    }

    private static Json channelJson(Channel channel) {
        return new Json()
                .put("channel", channel.number())
                .put("widthUs", channel.widthMicros())
                .put("ma", channel.milliamps())
                .put("pulses", channel.totals().pulses())
                .putThousandths("chargeMicroCoulomb", channel.totals().chargeNanocoulombs());
    }
}
