package org.anodyne.simulator.rehastim;

/** What a reply says about the command it answers; the wire carries the code as one signed byte. */
enum Result {
    OK(0),
    TRANSFER_ERROR(-1),
    PARAMETER_ERROR(-2),
    WRONG_MODE(-3),
    VERSION_NOT_SUPPORTED(-5),
    BUSY(-8);

    private final int code;

    Result(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
