package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.Stream;
import org.anodyne.plugin.tck.kit.Adapter;
import org.anodyne.plugin.tck.kit.Check;
import org.anodyne.plugin.tck.kit.Kit;
import org.anodyne.plugin.tck.kit.Result;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance kit as tests to inherit: a vendor's test class names the adapter and its simulator, and gets one test for
 * each thing that is asked. The same kit runs against a built jar by {@code anodyne tck}.
 */
public abstract class DeviceContract {
    /** The adapter and what it is tested with. Called once for all tests. */
    protected abstract Adapter adapter() throws Exception;

    @TestFactory
    Stream<DynamicTest> conformance() throws Exception {
        return checks().map(check -> DynamicTest.dynamicTest(check.id() + ": " + check.title(), () -> {
            Result result = check.run();
            switch (result.verdict()) {
                case PASSED -> {}
                case SKIPPED -> Assumptions.abort(result.detail());
                case FAILED -> fail(result.detail());
            }
        }));
    }

    private Stream<Check> checks() throws Exception {
        Adapter adapter = adapter();
        return Stream.concat(Kit.checks(adapter).stream(), Stream.of(Kit.unload(adapter)));
    }
}
