package org.anodyne.bus.mqtt;

/** MQTT 5 reason codes in words. */
final class Reasons {
    private Reasons() {}

    static String text(int code) {
        String words =
                switch (code) {
                    case 0x80 -> "unspecified error";
                    case 0x81 -> "malformed packet";
                    case 0x82 -> "protocol error";
                    case 0x83 -> "implementation specific error";
                    case 0x84 -> "protocol version not supported";
                    case 0x85 -> "client id not valid";
                    case 0x86 -> "bad user name or password";
                    case 0x87 -> "not authorized";
                    case 0x88 -> "server unavailable";
                    case 0x89 -> "server busy";
                    case 0x8B -> "server is shutting down";
                    case 0x8D -> "keep alive timeout";
                    case 0x8E -> "session taken over by another client of the same id";
                    case 0x8F -> "topic filter invalid";
                    case 0x90 -> "topic name invalid";
                    case 0x93 -> "receive maximum exceeded";
                    case 0x95 -> "packet too large";
                    case 0x97 -> "quota exceeded";
                    case 0x98 -> "administrative action";
                    case 0x99 -> "payload format invalid";
                    case 0x9A -> "retain not supported";
                    case 0x9B -> "QoS not supported";
                    case 0x9C -> "use another server";
                    case 0x9D -> "server moved";
                    default -> "reason code";
                };
        return words + String.format(" (0x%02X)", code);
    }

    /** Whether the broker may have ended a connection because of one message. */
    static boolean blamesMessage(int code) {
        return switch (code) {
            case 0x81, 0x82, 0x83, 0x87, 0x90, 0x95, 0x97, 0x99, 0x9A, 0x9B -> true;
            default -> false;
        };
    }
}
