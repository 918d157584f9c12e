package org.anodyne.formats.edf;

import java.util.Arrays;
import java.util.List;

/**
 * Spreads annotations over the data records. All records have the same room for them; each annotation goes into the record of
 * its time or, when that is full, a later one; when that does not work out, they fill the records from the first on.
 */
final class EdfAnnotationLayout {
    private final double seconds;
    private final double fraction;
    private final byte[][] lists;
    private final int[] recordOf;
    private final int room;
    private int next;

    EdfAnnotationLayout(long records, double seconds, double fraction, List<EdfAnnotation> annotations) {
        this.seconds = seconds;
        this.fraction = fraction;
        List<EdfAnnotation> ordered = EdfWriter.ordered(annotations);
        lists = new byte[ordered.size()][];
        long total = 0;
        int longest = 0;
        for (int i = 0; i < lists.length; i++) {
            EdfAnnotation a = ordered.get(i);
            lists[i] = EdfTal.bytes(a.onsetSeconds() + fraction, a.durationSeconds(), a.text());
            total += lists[i].length;
            longest = Math.max(longest, lists[i].length);
        }
        int share = Math.toIntExact((total + records - 1) / records) + longest;
        int timekeeping = EdfTal.timekeeping((records - 1) * seconds + fraction).length;
        for (long r = 0; r < records; r++) {
            timekeeping = Math.max(timekeeping, EdfTal.timekeeping(r * seconds + fraction).length);
        }
        room = (timekeeping + share + 1) / 2 * 2;
        recordOf = new int[lists.length];
        if (!place(ordered, records, share, true)) {
            place(ordered, records, share, false);
        }
    }

    private boolean place(List<EdfAnnotation> ordered, long records, int share, boolean byTime) {
        long record = 0;
        int used = 0;
        for (int i = 0; i < lists.length; i++) {
            long own = byTime ? (long) Math.floor(ordered.get(i).onsetSeconds() / seconds) : 0;
            own = Math.max(0, Math.min(records - 1, own));
            if (own > record) {
                record = own;
                used = 0;
            }
            if (used + lists[i].length > share) {
                record++;
                used = 0;
            }
            if (record >= records) {
                return false;
            }
            used += lists[i].length;
            recordOf[i] = (int) record;
        }
        return true;
    }

    /** Even, since two bytes make a sample. */
    int bytesPerRecord() {
        return room;
    }

    /** Writes the lists of a record; records come in order. */
    void fill(long record, byte[] into) {
        Arrays.fill(into, (byte) 0);
        byte[] time = EdfTal.timekeeping(record * seconds + fraction);
        System.arraycopy(time, 0, into, 0, time.length);
        int at = time.length;
        while (next < lists.length && recordOf[next] == record) {
            System.arraycopy(lists[next], 0, into, at, lists[next].length);
            at += lists[next].length;
            next++;
        }
    }
}
