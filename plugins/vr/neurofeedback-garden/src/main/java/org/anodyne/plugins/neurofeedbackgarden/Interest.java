package org.anodyne.plugins.neurofeedbackgarden;

/** What a garden is rich in. */
enum Interest {
    /** Beds along the path, an arch of roses. */
    FLOWERS(2.6f, 2.1f, -10.5f),
    /** A wide pond with lilies. */
    WATER(6.2f, 0.6f, -11.5f),
    /** Blossoming trees around a lawn. */
    TREES(3.0f, 2.6f, -12.5f);

    /** Radius of its pond, metres. */
    final float pond;
    /** Middle of its pond. */
    final float pondX;

    final float pondZ;

    Interest(float pond, float pondX, float pondZ) {
        this.pond = pond;
        this.pondX = pondX;
        this.pondZ = pondZ;
    }
}
