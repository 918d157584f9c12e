package org.anodyne.plugin.host.slot;

import java.time.Duration;

/** How long the host waits, and for what; engineering defaults. */
final class Limits {
    /** Any call of an instance that has no limit of its own: then it is interrupted and FAILED. */
    static final Duration CALL = Duration.ofSeconds(2);

    /** {@code drain}: then the slot goes on without a hand-over. */
    static final Duration DRAIN = Duration.ofSeconds(2);

    /** {@code close}: then the lane is given up and named as a leak. */
    static final Duration CLOSE = Duration.ofSeconds(2);

    /** An interrupted call: then its lane is given up. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** {@code arm}, which may have to reach a device first: then the actuator is FAILED. */
    static final Duration ARM = Duration.ofSeconds(10);

    /** Before arming, a controller that is not heard yet: then it is refused. */
    static final Duration WHOLE = Duration.ofSeconds(10);

    /** How long a controller has to be heard without a break, after one, before anything is armed. */
    static final Duration STEADY = Duration.ofSeconds(1);

    /** The first block of a source that was swapped: then its gap is estimated. */
    static final Duration FIRST_BLOCK = Duration.ofMillis(500);

    /** A request to a slot, its wait in the lane's queue included: then its stage fails. */
    static final Duration REQUEST = Duration.ofSeconds(6);

    /** {@code prepare} of a successor in a swap: then the swap is off. */
    static final Duration SWAP_PREPARE = Duration.ofSeconds(10);

    /** A whole swap: then its stage fails. */
    static final Duration SWAP = Duration.ofSeconds(40);

    /** The end of a session's slots. */
    static final Duration CLOSE_ALL = Duration.ofSeconds(10);

    /** No heartbeat of the controller: then actuators go to their safe state (engineering default). */
    static final Duration LEASE = Duration.ofMillis(500);

    /** The same in virtual time, which stands still while everything is busy, and so does whoever controls. */
    static final Duration LEASE_VIRTUAL = Duration.ofSeconds(5);

    /** How often it is looked again whether actuators and display of a session that waits to be begun may do their part. */
    static final Duration REVIEW = Duration.ofSeconds(1);

    private Limits() {}
}
