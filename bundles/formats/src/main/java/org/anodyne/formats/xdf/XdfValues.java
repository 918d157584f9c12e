package org.anodyne.formats.xdf;

/**
 * Values of a block, sample by sample: {@code [s0c0, s0c1, …, s1c0, …]}. The arrays are not copied: whoever hands them over
 * leaves them alone afterwards.
 */
public sealed interface XdfValues {
    /** Number of values: samples times channels. */
    int length();

    /** How the values are stored. */
    XdfFormat format();

    /**
     * Value as double.
     *
     * @throws UnsupportedOperationException when the values are text
     */
    double at(int index);

    /** 32-bit floats. */
    record Float32(float[] data) implements XdfValues {
        @Override
        public int length() {
            return data.length;
        }

        @Override
        public XdfFormat format() {
            return XdfFormat.FLOAT32;
        }

        @Override
        public double at(int index) {
            return data[index];
        }
    }

    /** 64-bit floats. */
    record Double64(double[] data) implements XdfValues {
        @Override
        public int length() {
            return data.length;
        }

        @Override
        public XdfFormat format() {
            return XdfFormat.DOUBLE64;
        }

        @Override
        public double at(int index) {
            return data[index];
        }
    }

    /** Signed 8-bit integers. */
    record Int8(byte[] data) implements XdfValues {
        @Override
        public int length() {
            return data.length;
        }

        @Override
        public XdfFormat format() {
            return XdfFormat.INT8;
        }

        @Override
        public double at(int index) {
            return data[index];
        }
    }

    /** Signed 16-bit integers. */
    record Int16(short[] data) implements XdfValues {
        @Override
        public int length() {
            return data.length;
        }

        @Override
        public XdfFormat format() {
            return XdfFormat.INT16;
        }

        @Override
        public double at(int index) {
            return data[index];
        }
    }

    /** Signed 32-bit integers. */
    record Int32(int[] data) implements XdfValues {
        @Override
        public int length() {
            return data.length;
        }

        @Override
        public XdfFormat format() {
            return XdfFormat.INT32;
        }

        @Override
        public double at(int index) {
            return data[index];
        }
    }

    /** Signed 64-bit integers; as double they lose precision beyond 2^53. */
    record Int64(long[] data) implements XdfValues {
        @Override
        public int length() {
            return data.length;
        }

        @Override
        public XdfFormat format() {
            return XdfFormat.INT64;
        }

        @Override
        public double at(int index) {
            return data[index];
        }
    }

    /** Text, stored as UTF-8. */
    record Text(String[] data) implements XdfValues {
        public Text {
            for (String text : data) {
                java.util.Objects.requireNonNull(text, "a text is missing: write an empty one instead");
            }
        }

        @Override
        public int length() {
            return data.length;
        }

        @Override
        public XdfFormat format() {
            return XdfFormat.STRING;
        }

        @Override
        public double at(int index) {
            throw new UnsupportedOperationException("text has no numeric value");
        }
    }
}
