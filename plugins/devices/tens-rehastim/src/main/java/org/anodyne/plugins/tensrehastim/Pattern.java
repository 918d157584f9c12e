package org.anodyne.plugins.tensrehastim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Parameters;

/**
 * Which channels take part in a burst, and how.
 *
 * @param members channels in ascending order
 * @param group pulses that follow each other closely: 1, or 2 for doublets, 3 for triplets
 * @param groupHalfMillis time between them in half milliseconds, less three: the pulse interval of InitChannelList
 * @param lowFrequencyFactor low-frequency channels take part in one group out of this many and one
 */
record Pattern(List<Member> members, int group, int groupHalfMillis, int lowFrequencyFactor) {
    static final int CHANNELS = 8;

    /** The shortest interval that the stimulator has, ms. */
    static final double SHORTEST = 8;

    /** Each channel's place in a group, ms. */
    private static final double SLOT = 1.5;

    /** With all channels the stimulator gives at most 40 Hz. */
    private static final double SHORTEST_OF_ALL = 25;

    /**
     * A channel.
     *
     * @param channel 1 to 8
     * @param scale its share of the commanded amplitude, 0 to 1
     * @param lowFrequency whether it takes part in some groups only
     */
    record Member(int channel, double scale, boolean lowFrequency) {}

    Pattern {
        members = List.copyOf(members);
    }

    static Pattern single(int channel) {
        return new Pattern(List.of(new Member(channel, 1, false)), 1, halfMillis(SHORTEST), 0);
    }

    /**
     * As the parameters say.
     *
     * @throws IllegalArgumentException when a channel is named twice, or the pulses of a group do not fit
     */
    static Pattern of(Parameters parameters) {
        List<Member> members = new ArrayList<>();
        for (Object each : parameters.list("channels")) {
            @SuppressWarnings("unchecked")
            Parameters one = new Parameters((Map<String, Object>) each);
            members.add(new Member(
                    one.integer("channel"),
                    one.get("scale").isPresent() ? one.number("scale") : 1,
                    one.get("lowFrequency").isPresent() && one.flag("lowFrequency")));
        }
        if (members.isEmpty()) {
            members.add(new Member(parameters.integer("channel"), 1, false));
        }
        members.sort(Comparator.comparingInt(Member::channel));
        if (members.stream().map(Member::channel).distinct().count() < members.size()) {
            throw new IllegalArgumentException("a channel is named twice in 'channels'");
        }
        Pattern pattern = new Pattern(
                members,
                parameters.integer("pulsesPerGroup"),
                halfMillis(parameters.number("groupInterval") * 1000),
                parameters.integer("lowFrequencyFactor"));
        if (pattern.group > 1 && pattern.groupMillis() < members.size() * SLOT) {
            throw new IllegalArgumentException("groupInterval of " + pattern.groupMillis() + " ms is too short for "
                    + members.size() + " channels, which take " + members.size() * SLOT + " ms");
        }
        return pattern;
    }

    private static int halfMillis(double millis) {
        return (int) Math.round((millis - SLOT) * 2);
    }

    /** This pattern with one channel only. */
    Pattern only(int channel) {
        return new Pattern(List.of(new Member(channel, 1, false)), group, groupHalfMillis, 0);
    }

    boolean has(int channel) {
        return members.stream().anyMatch(member -> member.channel() == channel);
    }

    double groupMillis() {
        return groupHalfMillis / 2.0 + SLOT;
    }

    /** Time from the first pulse of a group to its last, ms. */
    double extentMillis() {
        return (group - 1) * groupMillis() + (members.size() - 1) * SLOT;
    }

    /** Most pulses per second that a channel can be given, those of a group counted each. */
    double highestFrequency() {
        double shortest = Math.max(SHORTEST, extentMillis() + SLOT);
        if (members.size() == CHANNELS) {
            shortest = Math.max(shortest, SHORTEST_OF_ALL);
        }
        return group * 1000 / shortest;
    }

    /** Pulses that a channel gives in so many groups. */
    long pulses(Member member, long groups) {
        long taken = member.lowFrequency() ? (groups + lowFrequencyFactor) / (lowFrequencyFactor + 1) : groups;
        return taken * group;
    }

    int activeMask() {
        return members.stream().mapToInt(member -> 1 << member.channel() - 1).sum();
    }

    int lowFrequencyMask() {
        return members.stream()
                .filter(Member::lowFrequency)
                .mapToInt(member -> 1 << member.channel() - 1)
                .sum();
    }
}
