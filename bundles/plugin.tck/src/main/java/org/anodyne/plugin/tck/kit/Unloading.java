package org.anodyne.plugin.tck.kit;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.plugin.PluginFactory;

/**
 * Whether a plug-in can be removed: its classes are loaded a second time, apart from those of the test, run once at the
 * device, and let go. The same is asked of a built jar by {@link JarAdapter#unload}.
 */
final class Unloading {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long LOOK_NANOS = 20_000_000;

    private Unloading() {}

    /** Classes of one place, whatever else has classes of the same names. */
    private static final class Apart extends URLClassLoader {
        static {
            registerAsParallelCapable();
        }

        Apart(URL place, ClassLoader others) {
            super(new URL[] {place}, others);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> found = findLoadedClass(name);
                if (found == null && findResource(name.replace('.', '/') + ".class") != null) {
                    found = findClass(name);
                }
                return found == null ? super.loadClass(name, resolve) : found;
            }
        }
    }

    static Check check(Adapter adapter) {
        return new Check("unload", "When the plug-in is removed nothing holds on to its classes.", () -> {
            WeakReference<ClassLoader> gone = used(adapter);
            long until = System.nanoTime() + PATIENCE_NANOS;
            while (gone.get() != null) {
                if (System.nanoTime() - until > 0) {
                    throw new Check.Broken(
                            "its class loader is still held after everything was closed: look for static fields of"
                                    + " other classes, thread locals, shutdown hooks");
                }
                System.gc();
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return "";
        });
    }

    /** A method of its own, so that no frame holds anything of the plug-in when it has returned. */
    private static WeakReference<ClassLoader> used(Adapter adapter) throws Exception {
        Class<?> type = adapter.factory().getClass();
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        try (Apart loader = new Apart(place, type.getClassLoader())) {
            PluginFactory factory;
            try {
                factory = (PluginFactory) JarAdapter.make(loader.loadClass(type.getName()));
            } catch (NoSuchMethodException e) {
                throw new Check.NotAsked("the factory cannot be made apart from the test: " + e.getMessage());
            }
            Check.require(factory.getClass() != type, "the classes are not apart");
            Run run = Run.started(new Adapter(
                    factory,
                    adapter.parameters(),
                    adapter.address(),
                    adapter.control(),
                    adapter.command(),
                    adapter.watchdog()));
            try {
                run.closeAndCheck();
            } finally {
                run.close();
            }
            return new WeakReference<>(loader);
        }
    }
}
