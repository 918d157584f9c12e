package org.anodyne.simulator.kit;

/** A line to a host. Reads on threads of its own; {@link Wire}'s methods come from the thread that drives the device. */
interface Line extends Wire, AutoCloseable {

    /** Takes what a line hears. Called by the threads of the line. */
    interface Listener {

        /** Bytes that arrived at {@code nanos} of {@link System#nanoTime()}. */
        void heard(byte[] bytes, long nanos);

        /** Somebody has connected, or has gone. */
        void connected(boolean connected, long nanos);
    }

    /** Begins to listen and to report; called once. */
    void open(Listener listener);

    /** What a person needs to connect: {@code 127.0.0.1:4711}, or the path of the pseudo-terminal. */
    String address();

    @Override
    void close();
}
