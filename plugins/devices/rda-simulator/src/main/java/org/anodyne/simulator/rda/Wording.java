package org.anodyne.simulator.rda;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what a recorder sends; everything is little-endian. */
final class Wording {
    private static final int[] GUID = {
        0x8E, 0x45, 0x58, 0x43, 0x96, 0xC9, 0x86, 0x4C, 0xAF, 0x4A, 0x98, 0xBB, 0xF6, 0xC9, 0x14, 0x50
    };

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Wording u32(long value) {
        for (int shift = 0; shift < 32; shift += 8) {
            body.write((int) (value >> shift) & 0xFF);
        }
        return this;
    }

    Wording i16(int value) {
        body.write(value & 0xFF);
        body.write(value >> 8 & 0xFF);
        return this;
    }

    Wording f32(float value) {
        return u32(Float.floatToRawIntBits(value) & 0xFFFFFFFFL);
    }

    Wording f64(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return u32(bits & 0xFFFFFFFFL).u32(bits >>> 32);
    }

    Wording text(String value) {
        body.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        body.write(0);
        return this;
    }

    Wording marker(long position, long points, int channel, String type, String description) {
        int length = 16
                + type.getBytes(StandardCharsets.UTF_8).length
                + description.getBytes(StandardCharsets.UTF_8).length
                + 2;
        return u32(length)
                .u32(position)
                .u32(points)
                .u32(channel & 0xFFFFFFFFL)
                .text(type)
                .text(description);
    }

    /** The whole message of this type. */
    byte[] message(int type) {
        Wording whole = new Wording();
        for (int each : GUID) {
            whole.body.write(each);
        }
        whole.u32(24 + body.size()).u32(type);
        whole.body.writeBytes(body.toByteArray());
        return whole.body.toByteArray();
    }
}
