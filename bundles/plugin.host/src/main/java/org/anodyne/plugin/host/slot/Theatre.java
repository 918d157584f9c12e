package org.anodyne.plugin.host.slot;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.scene.Display;

/**
 * Brings the scenes of a session before its display, whichever of them comes first, and takes them away before either is
 * closed. After panic no display is given a scene until a person lets the session go on, whatever is swapped, lost or resumed
 * meanwhile. Thread: any.
 */
final class Theatre {
    private final Set<Occupant> scenes = new LinkedHashSet<>();
    private Occupant house;
    private boolean emptied;

    /** A scene or a display runs. */
    synchronized void enter(Occupant o) {
        if (o.kind() == PluginKind.SCENE && scenes.add(o) && house != null && !emptied) {
            display().show(o.act());
        } else if (o.kind() == PluginKind.DISPLAY && house != o) {
            house = o;
            if (!emptied) {
                scenes.forEach(s -> display().show(s.act()));
            }
        }
    }

    /** A scene does not run for a while; a display goes on, and shows the world of nobody. */
    synchronized void pause(Occupant o) {
        if (o.kind() == PluginKind.SCENE) {
            leave(o);
        }
    }

    /** Complete when the display has let go of the scene; for all others at once. */
    synchronized CompletableFuture<Void> leave(Occupant o) {
        if (house == o) {
            house = null;
        }
        if (scenes.remove(o) && house != null) {
            // Also after panic: the display may not have let go of it yet.
            return display().hide(o.act()).toCompletableFuture();
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The participant wants an end: all scenes are taken away. */
    synchronized void panic() {
        emptied = true;
        if (house != null) {
            scenes.forEach(s -> display().hide(s.act()));
        }
    }

    /** A person lets the session go on. */
    synchronized void release() {
        if (house != null) {
            display().release();
        }
        if (emptied) {
            emptied = false;
            if (house != null) {
                scenes.forEach(s -> display().show(s.act()));
            }
        }
    }

    private Display display() {
        return (Display) house.instance();
    }
}
