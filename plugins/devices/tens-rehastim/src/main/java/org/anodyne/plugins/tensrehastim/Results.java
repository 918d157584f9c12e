package org.anodyne.plugins.tensrehastim;

/** Result codes in words. */
final class Results {
    private Results() {}

    /** Of an answer. */
    static String text(int result) {
        return switch (result) {
            case 0 -> "ok";
            case -1 -> "transfer error";
            case -2 -> "parameter error";
            case -3 -> "wrong mode";
            case -5 -> "protocol version not supported";
            case -8 -> "busy";
            default -> "unknown result " + result;
        };
    }

    /** Of a StimulationError. */
    static String stimulationError(int code) {
        return switch (code) {
            case -1 -> "emergency stop pressed";
            case -2 -> "electrode error";
            case -3 -> "stimulation module error";
            default -> "unknown error " + code;
        };
    }
}
