package org.anodyne.session.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anodyne.session.SessionEngine.SessionState;
import org.junit.jupiter.api.Test;

class StateTableTest {
    @Test
    void exactlyTheseMovesAreLegal() {
        String moves = Arrays.stream(SessionState.values())
                .map(from -> from + " -> "
                        + Arrays.stream(SessionState.values())
                                .filter(to -> StateTable.legal(from, to))
                                .map(Enum::name)
                                .collect(Collectors.toCollection(TreeSet::new)))
                .collect(Collectors.joining("\n"));
        assertEquals("""
                PLANNED -> [ABORTED, PREPARING]
                PREPARING -> [ABORTED, READY]
                READY -> [ABORTED, RUNNING]
                RUNNING -> [ABORTED, COMPLETED, PAUSED]
                PAUSED -> [ABORTED, COMPLETED, RUNNING]
                COMPLETED -> []
                ABORTED -> []""", moves);
    }

    @Test
    void everySessionCanEnd() {
        for (SessionState state : SessionState.values()) {
            assertTrue(StateTable.over(state) || StateTable.legal(state, SessionState.ABORTED), state.name());
        }
    }
}
