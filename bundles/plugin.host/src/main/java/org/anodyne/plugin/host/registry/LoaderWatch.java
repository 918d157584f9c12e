package org.anodyne.plugin.host.registry;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** Watches the class loaders and services of bundles that were removed. Thread: any. */
final class LoaderWatch {
    private static final int TRIES = 5;
    private static final long TRY_MILLIS = 100;

    private final List<Loader> loaders = new ArrayList<>();
    private final ReferenceQueue<ClassLoader> cleared = new ReferenceQueue<>();
    private final List<String> services = new ArrayList<>();

    private static final class Loader extends WeakReference<ClassLoader> {
        private final String of;

        private Loader(String of, ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.of = of;
        }
    }

    /** To be called before the bundle is uninstalled. */
    synchronized void watch(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring != null && wiring.getClassLoader() != null) {
            loaders.add(new Loader(name(bundle), wiring.getClassLoader(), cleared));
        }
    }

    /** To be called when the bundle is uninstalled. */
    synchronized void uninstalled(Bundle bundle, ServiceReference<?>[] had) {
        if (had != null) {
            for (ServiceReference<?> r : had) {
                if (r.getBundle() != null) {
                    services.add("a service of " + name(bundle) + " is still registered: " + r);
                }
                if (r.getUsingBundles() != null) {
                    services.add("a service of " + name(bundle) + " is still used: " + r);
                }
            }
        }
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    /** What is still held; asks the collector first, since a loader that waits for it is no leak. */
    synchronized List<String> leaks() {
        drain();
        for (int i = 0; i < TRIES && !loaders.isEmpty(); i++) {
            System.gc();
            try {
                // A wait for the collector's own answer, with an end.
                if (cleared.remove(TRY_MILLIS) instanceof Loader l) {
                    loaders.remove(l);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            drain();
        }
        List<String> all = new ArrayList<>(services);
        loaders.forEach(l -> all.add("the class loader of " + l.of + " is still held although its bundle was removed"));
        return all;
    }

    private void drain() {
        for (Object l = cleared.poll(); l != null; l = cleared.poll()) {
            loaders.remove(l);
        }
    }
}
