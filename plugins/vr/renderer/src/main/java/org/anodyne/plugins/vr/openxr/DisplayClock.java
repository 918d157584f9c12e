package org.anodyne.plugins.vr.openxr;

import static org.lwjgl.system.MemoryUtil.memAddress;

import java.nio.LongBuffer;
import org.lwjgl.openxr.KHRConvertTimespecTime;
import org.lwjgl.openxr.KHRWin32ConvertPerformanceCounterTime;
import org.lwjgl.openxr.XrInstance;
import org.lwjgl.system.MemoryStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns times of the runtime into times of {@code System.nanoTime}. On Linux both can be told in CLOCK_MONOTONIC, on Windows
 * in counts of the performance counter; where the runtime offers neither, the difference is measured. Thread: the render
 * thread.
 */
final class DisplayClock {
    private static final Logger LOG = LoggerFactory.getLogger(DisplayClock.class);
    /** No frame is foretold so far off; beyond it the clocks are not the same (engineering default). */
    private static final long NOT_THE_SAME_NANOS = 1_000_000_000L;

    private static final long SECOND = 1_000_000_000L;

    private enum Way {
        /** XR_KHR_convert_timespec_time. */
        MONOTONIC,
        /** XR_KHR_win32_convert_performance_counter_time. */
        COUNTER,
        /** Neither. */
        MEASURED
    }

    private final XrInstance instance;
    private Way way;
    private boolean checked;
    private long offset = Long.MAX_VALUE;

    DisplayClock(HeadsetSystem system) {
        instance = system.instance();
        if (system.has(KHRConvertTimespecTime.XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME)) {
            way = Way.MONOTONIC;
        } else if (system.has(
                KHRWin32ConvertPerformanceCounterTime.XR_KHR_WIN32_CONVERT_PERFORMANCE_COUNTER_TIME_EXTENSION_NAME)) {
            way = Way.COUNTER;
        } else {
            way = Way.MEASURED;
        }
    }

    /** A frame was foretold just now; once for each. @param period between two frames, nanoseconds */
    void foretold(long time, long period) throws XrFault {
        long now = System.nanoTime();
        if (way != Way.MEASURED && !checked) {
            long apart = nanos(time) - now;
            if (Math.abs(apart) > NOT_THE_SAME_NANOS) {
                LOG.warn(
                        "the runtime's clock and Java's are {} ms apart: the offset of its times is measured instead",
                        apart / 1_000_000);
                way = Way.MEASURED;
            }
        }
        checked = true;
        if (way == Way.MEASURED) {
            offset = Math.min(offset, now + period - time);
        }
    }

    /** The same time of {@code System.nanoTime}. */
    long nanos(long time) throws XrFault {
        return switch (way) {
            case MONOTONIC -> monotonic(time);
            case COUNTER -> counter(time);
            case MEASURED -> time + offset;
        };
    }

    private long monotonic(long time) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            // struct timespec on 64 bits: seconds and nanoseconds, 8 bytes each.
            LongBuffer timespec = stack.callocLong(2);
            XrFault.check(
                    KHRConvertTimespecTime.xrConvertTimeToTimespecTimeKHR(instance, time, memAddress(timespec)),
                    "telling a time in CLOCK_MONOTONIC");
            return timespec.get(0) * SECOND + timespec.get(1);
        }
    }

    /** Java counts nanoseconds of the same counter; how many counts a second has, two times tell. */
    private long counter(long time) throws XrFault {
        long at = counts(time);
        long perSecond = counts(time + SECOND) - at;
        return at / perSecond * SECOND + at % perSecond * SECOND / perSecond;
    }

    private long counts(long time) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            LongBuffer counts = stack.callocLong(1);
            XrFault.check(
                    KHRWin32ConvertPerformanceCounterTime.nxrConvertTimeToWin32PerformanceCounterKHR(
                            instance, time, memAddress(counts)),
                    "telling a time in counts of the performance counter");
            return counts.get(0);
        }
    }

    /** How times are told, for the record. */
    String words() {
        return switch (way) {
            case MONOTONIC -> "display times of the runtime in CLOCK_MONOTONIC";
            case COUNTER -> "display times of the runtime by the performance counter";
            case MEASURED -> "display times measured, as if a frame were asked for one period before it is seen";
        };
    }
}
