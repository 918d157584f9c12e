package org.anodyne.dsp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.anodyne.dsp.StateException.Reason;

/**
 * Reads what {@link StateWriter} wrote and refuses everything else with a {@link StateException} and a plain reason. Read all, then
 * {@link #end()}, and only then change anything.
 */
public final class StateReader {
    private final ByteBuffer buffer;
    private final String what;

    public StateReader(byte[] state, int kind, int version, String what) {
        this.buffer = ByteBuffer.wrap(state);
        this.what = what;
        if (getInt() != kind) {
            throw new StateException(Reason.KIND, "These bytes are not the saved state of a " + what + ".");
        }
        int found = getInt();
        if (found != version) {
            throw new StateException(
                    Reason.VERSION,
                    "The saved state of the " + what + " has version " + found + ", this release reads version "
                            + version + "; start the new instance without it.");
        }
    }

    public int getInt() {
        try {
            return buffer.getInt();
        } catch (BufferUnderflowException e) {
            throw damaged("it ends too early");
        }
    }

    public long getLong() {
        try {
            return buffer.getLong();
        } catch (BufferUnderflowException e) {
            throw damaged("it ends too early");
        }
    }

    public double getDouble() {
        return Double.longBitsToDouble(getLong());
    }

    public double[] getDoubles(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = getDouble();
        }
        return values;
    }

    public byte[] getBytes() {
        int length = getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw damaged("a part of " + length + " bytes does not fit in it");
        }
        byte[] values = new byte[length];
        buffer.get(values);
        return values;
    }

    /** A count that has to lie in the given closed range. */
    public int getIntWithin(int low, int high) {
        int value = getInt();
        if (value < low || value > high) {
            throw damaged("it holds the value " + value + " where " + low + " to " + high + " is possible");
        }
        return value;
    }

    public void expect(String setting, int own) {
        int found = getInt();
        if (found != own) {
            throw settings(setting, found, own);
        }
    }

    /** Refuses a state that was made with another value of a setting. */
    public void expect(String setting, double own) {
        same(setting, getDouble(), own);
    }

    /** Refuses a setting that was read before. */
    void same(String setting, double found, double own) {
        if (Double.doubleToRawLongBits(found) != Double.doubleToRawLongBits(own)) {
            throw settings(setting, found, own);
        }
    }

    public void end() {
        if (buffer.hasRemaining()) {
            throw damaged("it is " + buffer.remaining() + " bytes too long");
        }
    }

    private StateException settings(String setting, Object found, Object own) {
        return new StateException(
                Reason.SETTINGS,
                "The saved state of the " + what + " was made with " + setting + " " + found + ", this instance has "
                        + own + "; use the same settings or start without it.");
    }

    public StateException damaged(String how) {
        return new StateException(Reason.DAMAGED, "The saved state of the " + what + " is damaged: " + how + ".");
    }
}
