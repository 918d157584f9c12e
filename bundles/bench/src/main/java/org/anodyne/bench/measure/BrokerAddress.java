package org.anodyne.bench.measure;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.condition.Condition;

/** Where the embedded broker listens. */
public final class BrokerAddress {
    private BrokerAddress() {}

    /**
     * Its address, e.g. {@code tcp://127.0.0.1:1883}.
     *
     * @throws IllegalStateException when no embedded broker runs in this process
     */
    public static String of(BundleContext context) {
        try {
            for (ServiceReference<Condition> r :
                    context.getServiceReferences(Condition.class, "(osgi.condition.id=org.anodyne.broker)")) {
                return String.valueOf(r.getProperty("uri"));
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("this benchmark needs the embedded broker; an outside one is configured");
    }
}
