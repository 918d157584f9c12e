package org.anodyne.lsl;

import java.util.List;

/**
 * Where streams are looked for and offered.
 *
 * @param loopbackOnly whether nothing but 127.0.0.1 is used; then no group is joined and nothing is broadcast
 * @param groups multicast groups, IPv4
 * @param broadcast whether questions also go to 255.255.255.255
 * @param knownPeers hosts that are asked directly besides this one
 * @param multicastPort UDP port of the groups and of broadcasts
 * @param basePort first of the ports that outlets take and that are asked directly
 * @param portRange how many of these ports there are
 */
public record Network(
        boolean loopbackOnly,
        List<String> groups,
        boolean broadcast,
        List<String> knownPeers,
        int multicastPort,
        int basePort,
        int portRange) {
    /** The published groups and ports. */
    public static final Network LAN = new Network(
            false, List.of("224.0.0.1", "224.0.0.183", "239.255.172.215"), true, List.of(), 16571, 16572, 32);

    /** The published ports of this host alone. */
    public static final Network LOOPBACK = new Network(true, List.of(), false, List.of(), 16571, 16572, 32);

    /** Copies the lists. */
    public Network {
        groups = List.copyOf(groups);
        knownPeers = List.copyOf(knownPeers);
    }

    /** The same with hosts that are asked directly. */
    public Network asking(List<String> peers) {
        return new Network(loopbackOnly, groups, broadcast, peers, multicastPort, basePort, portRange);
    }

    /** The same with other ports for outlets, so that two sites on one host do not meet. */
    public Network ports(int base, int range) {
        return new Network(loopbackOnly, groups, broadcast, knownPeers, multicastPort, base, range);
    }
}
