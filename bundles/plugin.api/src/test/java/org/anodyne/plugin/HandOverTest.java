package org.anodyne.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandOverTest {
    private final List<String> taken = new ArrayList<>();
    private final HandOver state = HandOver.of("counter", 2, out -> {
        out.writeUTF("seven");
        out.writeInt(7);
    });

    private boolean restore(HandOver handOver) {
        return handOver.restore("counter", 2, in -> {
            String word = in.readUTF();
            int number = in.readInt();
            if (number != 7) {
                throw new IllegalArgumentException("other settings");
            }
            return () -> taken.add(word + number);
        });
    }

    @Test
    void whatWasWrittenComesBack() {
        assertTrue(restore(state));
        assertEquals(List.of("seven7"), taken);
    }

    @Test
    void anotherFormatOrVersionIsRefusedUnread() {
        assertFalse(restore(new HandOver("clock", 2, state.bytes())));
        assertFalse(restore(new HandOver("counter", 3, state.bytes())));
        assertEquals(List.of(), taken);
    }

    @Test
    void aStateThatIsNotWholeChangesNothing() {
        byte[] bytes = state.bytes();
        for (int length = 0; length < bytes.length; length++) {
            assertFalse(restore(new HandOver("counter", 2, Arrays.copyOf(bytes, length))), "of " + length + " bytes");
        }
        assertFalse(restore(new HandOver("counter", 2, Arrays.copyOf(bytes, bytes.length + 1))), "a byte too long");
        assertEquals(List.of(), taken);
    }

    @Test
    void whatTheReaderRefusesIsNotTaken() {
        assertFalse(restore(HandOver.of("counter", 2, out -> {
            out.writeUTF("eight");
            out.writeInt(8);
        })));
        assertEquals(List.of(), taken);
    }
}
