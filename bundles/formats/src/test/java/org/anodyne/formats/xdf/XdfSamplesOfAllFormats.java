package org.anodyne.formats.xdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded streams and blocks of every format. */
final class XdfSamplesOfAllFormats {
    private XdfSamplesOfAllFormats() {}

    static XdfStreamHeader header(XdfFormat format, int channels, double rate) {
        List<XdfStreamHeader.Channel> list = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            list.add(new XdfStreamHeader.Channel("C" + i + " <&>\"'", "microvolts", "EEG"));
        }
        return new XdfStreamHeader(
                "of " + format.xdfName(),
                "Test",
                channels,
                rate,
                format,
                "source-1",
                "12.5",
                list,
                Map.of("slot", "amplifier µ", "empty", ""));
    }

    static XdfValues values(XdfFormat format, int count, Random random) {
        switch (format) {
            case FLOAT32 -> {
                float[] data = new float[count];
                for (int i = 0; i < count; i++) {
                    data[i] = i % 7 == 3 ? Float.NaN : (float) random.nextGaussian();
                }
                return new XdfValues.Float32(data);
            }
            case DOUBLE64 -> {
                return new XdfValues.Double64(random.doubles(count).toArray());
            }
            case INT8 -> {
                byte[] data = new byte[count];
                random.nextBytes(data);
                return new XdfValues.Int8(data);
            }
            case INT16 -> {
                short[] data = new short[count];
                for (int i = 0; i < count; i++) {
                    data[i] = (short) random.nextInt();
                }
                return new XdfValues.Int16(data);
            }
            case INT32 -> {
                return new XdfValues.Int32(random.ints(count).toArray());
            }
            case INT64 -> {
                return new XdfValues.Int64(random.longs(count).toArray());
            }
            case STRING -> {
                String[] data = new String[count];
                for (int i = 0; i < count; i++) {
                    data[i] = "ä€😀\u0001".repeat(random.nextInt(40));
                }
                return new XdfValues.Text(data);
            }
        }
        throw new AssertionError(format);
    }

    static Object array(XdfValues values) {
        if (values instanceof XdfValues.Float32 v) {
            return v.data();
        } else if (values instanceof XdfValues.Double64 v) {
            return v.data();
        } else if (values instanceof XdfValues.Int8 v) {
            return v.data();
        } else if (values instanceof XdfValues.Int16 v) {
            return v.data();
        } else if (values instanceof XdfValues.Int32 v) {
            return v.data();
        } else if (values instanceof XdfValues.Int64 v) {
            return v.data();
        }
        return ((XdfValues.Text) values).data();
    }
}
