package org.anodyne.formats.xdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anodyne.formats.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class XdfDamageTest {
    @TempDir
    private Path folder;

    @Test
    void random_damage_never_hangs_and_never_asks_for_more_memory_than_the_file_has() throws IOException {
        Path file = folder.resolve("a.xdf");
        Random random = new Random(11);
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            int id = 0;
            for (XdfFormat format : XdfFormat.values()) {
                id = writer.addStream(XdfSamplesOfAllFormats.header(format, 2, 100));
                for (int i = 0; i < 8; i++) {
                    writer.write(XdfSamples.regular(id, i, 100, 10, XdfSamplesOfAllFormats.values(format, 20, random)));
                    writer.commit(i * 500_000_000L);
                }
            }
        }
        byte[] whole = Files.readAllBytes(file);
        int unharmed = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = whole.clone();
            int flips = 1 + random.nextInt(round % 3 == 0 ? 200 : 3);
            for (int i = 0; i < flips; i++) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            long events = 0;
            try (XdfReader reader = XdfReader.open(file)) {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    events++;
                }
                unharmed += reader.damage().isEmpty() ? 1 : 0;
            }
            assertTrue(events <= bytes.length);
        }
        assertTrue(unharmed < 200, unharmed + " rounds in which not one checksum noticed anything");
    }

    @Test
    void impossible_declared_lengths_are_damage_and_reading_goes_on_at_the_boundary() throws IOException {
        for (long declared : new long[] {Long.MAX_VALUE, -1, 0x7FFFFFFFL, 1L << 40}) {
            ByteArrayOutputStream out = head();
            byte[] lie = chunk(
                    3,
                    content(
                            9,
                            ByteBuffer.allocate(9)
                                    .put((byte) 8)
                                    .put(le(declared))
                                    .array()));
            out.write(lie);
            out.write(chunk(5, XdfChunks.BOUNDARY_ID));
            out.write(chunk(3, content(9, new byte[] {1, 1, 8, 0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F, 42})));
            XdfFile read = XdfFile.load(Files.write(folder.resolve("lie.xdf"), out.toByteArray()));
            assertEquals(42, read.streams().get(0).channel(0)[0]);
            assertEquals(1, read.damage().size());
            assertTrue(read.damage().get(0).what().contains("more than it has bytes for"));
        }
        ByteArrayOutputStream out = head();
        out.write(ByteBuffer.allocate(11)
                .put((byte) 8)
                .put(le(Long.MAX_VALUE))
                .put(new byte[] {3, 0})
                .array());
        out.write(chunk(5, XdfChunks.BOUNDARY_ID));
        out.write(chunk(3, content(9, new byte[] {1, 1, 8, 0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F, 43})));
        XdfFile read = XdfFile.load(Files.write(folder.resolve("long.xdf"), out.toByteArray()));
        assertEquals(43, read.streams().get(0).channel(0)[0]);
        assertTrue(read.damage().get(0).what().contains("longer than the rest of the file"));
    }

    @Test
    void entity_bombs_and_outside_entities_are_not_read() throws IOException {
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE info [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
                + "<!ENTITY x SYSTEM \"file:///etc/hostname\">]><info><name>&b;&x;</name><channel_count>1</channel_count>"
                + "<channel_format>int8</channel_format></info>";
        ByteArrayOutputStream out = head();
        out.write(chunk(2, content(10, bomb.getBytes(StandardCharsets.UTF_8))));
        XdfFile read = XdfFile.load(Files.write(folder.resolve("bomb.xdf"), out.toByteArray()));
        assertEquals(1, read.streams().size(), "only the honest stream");
        assertTrue(
                read.damage().get(0).what().contains("DOCTYPE"), read.damage().toString());
        String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);
        assertThrows(IllegalArgumentException.class, () -> XdfXml.parse(deep));
    }

    @Test
    void a_header_only_file_has_streams_without_samples() throws IOException {
        XdfFile read = XdfFile.load(Files.write(folder.resolve("h.xdf"), head().toByteArray()));
        assertEquals(0, read.streams().get(0).sampleCount());
        assertEquals(List.of(), read.damage());
        XdfFile bare = XdfFile.load(Files.writeString(folder.resolve("m.xdf"), "XDF:"));
        assertEquals(List.of(), bare.streams());
    }

    @Test
    void empty_and_foreign_files_are_refused_in_plain_words() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.xdf"));
        FormatException e = assertThrows(FormatException.class, () -> XdfReader.open(empty));
        assertEquals(empty + ": the file is empty (at byte 0). Choose a recording that holds data.", e.getMessage());
        Path foreign = Files.writeString(folder.resolve("x.xdf"), "PK\u0003\u0004 a zip");
        FormatException f = assertThrows(FormatException.class, () -> XdfReader.open(foreign));
        assertTrue(f.getMessage().contains("not an XDF file"));
        assertEquals(foreign, f.file());
        assertEquals(0, f.offset());
    }

    private static ByteArrayOutputStream head() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(XdfChunks.MAGIC);
        out.write(chunk(1, "<info><version>1.0</version></info>".getBytes(StandardCharsets.UTF_8)));
        String stream = "<info><name>s</name><type/><channel_count>1</channel_count><nominal_srate>1</nominal_srate>"
                + "<channel_format>int8</channel_format></info>";
        out.write(chunk(2, content(9, stream.getBytes(StandardCharsets.UTF_8))));
        return out;
    }

    private static byte[] le(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] content(int stream, byte[] rest) {
        return ByteBuffer.allocate(4 + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(stream)
                .put(rest)
                .array();
    }

    private static byte[] chunk(int tag, byte[] content) {
        return ByteBuffer.allocate(7 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 4)
                .putInt(content.length + 2)
                .putShort((short) tag)
                .put(content)
                .array();
    }
}
