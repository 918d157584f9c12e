package org.anodyne.allocation;

/** What an allocation code can mean. The order is part of the codes and must not change. */
public enum Arm {
    /** The treatment. */
    ACTIVE,
    /** What only looks like it. */
    SHAM
}
