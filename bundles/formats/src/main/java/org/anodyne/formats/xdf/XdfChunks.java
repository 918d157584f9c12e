package org.anodyne.formats.xdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Numbers and layouts of XDF 1.0, and of the commit chunk. */
final class XdfChunks {
    static final byte[] MAGIC = {'X', 'D', 'F', ':'};
    static final int FILE_HEADER = 1;
    static final int STREAM_HEADER = 2;
    static final int SAMPLES = 3;
    static final int CLOCK_OFFSET = 4;
    static final int BOUNDARY = 5;
    static final int STREAM_FOOTER = 6;

    /** The identifier of a boundary chunk, as XDF 1.0 fixes it. */
    static final byte[] BOUNDARY_ID = {
        0x43,
        (byte) 0xA5,
        0x46,
        (byte) 0xDC,
        (byte) 0xCB,
        (byte) 0xF5,
        0x41,
        0x0F,
        (byte) 0xB3,
        0x0E,
        (byte) 0xD5,
        0x46,
        0x73,
        (byte) 0x83,
        (byte) 0xCB,
        (byte) 0xE4
    };

    /**
     * The identifier of our commit chunk. It travels under the tag of a boundary chunk, not under a tag of its own: of the
     * readers in use one (libxdf) skips by length only the tags it knows, and every reader skips a boundary by its length.
     */
    static final byte[] COMMIT_ID = {
        (byte) 0xFA,
        0x0B,
        0x37,
        (byte) 0xDB,
        0x5D,
        0x39,
        0x45,
        0x74,
        (byte) 0xB7,
        (byte) 0xCD,
        0x3D,
        0x36,
        (byte) 0xB9,
        0x12,
        0x33,
        (byte) 0xEE
    };

    static final int ID_BYTES = 16;
    /** Content of a commit chunk: id, group number (8), group length (8), CRC32C (4). */
    static final int COMMIT_CONTENT = ID_BYTES + 8 + 8 + 4;
    /** A whole commit chunk: one byte for the size of the length, one of length, two of tag. */
    static final int COMMIT_BYTES = 1 + 1 + 2 + COMMIT_CONTENT;

    private XdfChunks() {}

    /** Fills the stamps as a reader deduces them: each is the one before plus the interval. */
    static void deduce(double[] stamps, double first, double interval) {
        double stamp = first;
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = stamp;
            stamp += interval;
        }
    }

    /** Bytes of a length field for that value, with the byte that tells its size. */
    static int lengthBytes(long value) {
        return value <= 0xFF ? 2 : value <= 0xFFFFFFFFL ? 5 : 9;
    }

    static void putLength(ByteBuffer out, long value) {
        if (value <= 0xFF) {
            out.put((byte) 1).put((byte) value);
        } else if (value <= 0xFFFFFFFFL) {
            out.put((byte) 4).putInt((int) value);
        } else {
            out.put((byte) 8).putLong(value);
        }
    }

    /** The checksum of a group: its bytes, then its number and length, so that those are covered too. */
    static int seal(CRC32C overBytes, long group, long length) {
        ByteBuffer tail = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        tail.putLong(group).putLong(length).flip();
        overBytes.update(tail);
        return (int) overBytes.getValue();
    }

    /** Makes the entry of a new file durable, where the platform lets a folder be forced. */
    static void forceFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOnThisPlatform) {
            // Windows cannot open a folder; there the entry is durable with the file.
        }
    }
}
