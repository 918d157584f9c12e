package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What comes late or twice is not shown. */
class FreshestTest {
    private final Freshest freshest = new Freshest();

    private List<Long> seen(String source, long... numbers) {
        return LongStream.of(numbers)
                .filter(n -> freshest.isNews(source, "mirror/a", n))
                .boxed()
                .toList();
    }

    @Test
    void anOlderOneAfterANewerOneAndADoubleAreLeftOut() {
        assertEquals(List.of(116L, 154L, 200L, 201L), seen("a", 116, 154, 200, 109, 110, 200, 201));
    }

    @Test
    void eachSourceHasItsOwnNumbers() {
        assertEquals(List.of(5L), seen("a", 5));
        assertEquals(List.of(1L, 2L), seen("b", 1, 2));
        assertEquals(List.of(6L), seen("a", 5, 6));
    }

    @Test
    void sourcesThatCameAndWentAreForgottenInTime() {
        assertEquals(List.of(7L), seen("first", 7));
        for (int i = 0; i < 1000; i++) {
            seen("s" + i, 1);
        }
        assertEquals(List.of(3L), seen("first", 3));
    }
}
