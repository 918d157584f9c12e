package org.anodyne.plugins.vr.openxr;

import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.Set;
import org.anodyne.plugin.scene.Pose;
import org.lwjgl.PointerBuffer;
import org.lwjgl.openxr.EXTLocalFloor;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrReferenceSpaceCreateInfo;
import org.lwjgl.openxr.XrSession;
import org.lwjgl.openxr.XrSpace;
import org.lwjgl.system.MemoryStack;

/**
 * The middle of the floor, to which all poses are relative, and the head. Recentring by the runtime moves its space; recentring
 * by us makes a new space where the head is. Thread: the render thread.
 */
final class Floor implements AutoCloseable {
    /** Spaces of the runtime that can be the floor, best first. */
    private enum Kind {
        /** On the floor below where the wearer was at the last recentring. */
        LOCAL_FLOOR(EXTLocalFloor.XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR_EXT),
        /** The middle of the room on the floor; wherever the wearer sits, so we recentre ourselves. */
        STAGE(XR10.XR_REFERENCE_SPACE_TYPE_STAGE),
        /** At the height of the eyes; the floor is as far below as the settings say. */
        LOCAL(XR10.XR_REFERENCE_SPACE_TYPE_LOCAL);

        private final int type;

        Kind(int type) {
            this.type = type;
        }
    }

    private final XrSession session;
    private final Kind kind;
    private final Pose untouched;
    private final XrSpace head;
    private XrSpace space;
    private Pose middle;
    private boolean wanted;
    private boolean pending;
    private long pendingFrom;

    /** @param eyeHeight above the floor, metres, where the runtime does not know the floor */
    Floor(XrSession session, boolean localFloor, float eyeHeight) throws XrFault {
        this.session = session;
        Set<Integer> offered = offered();
        if (localFloor && offered.contains(Kind.LOCAL_FLOOR.type)) {
            kind = Kind.LOCAL_FLOOR;
        } else {
            kind = offered.contains(Kind.STAGE.type) ? Kind.STAGE : Kind.LOCAL;
        }
        wanted = kind == Kind.STAGE;
        untouched = kind == Kind.LOCAL ? Pose.standing(-eyeHeight) : Pose.ORIGIN;
        middle = untouched;
        head = make(XR10.XR_REFERENCE_SPACE_TYPE_VIEW, Pose.ORIGIN);
        space = make(kind.type, middle);
    }

    private Set<Integer> offered() throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            XrFault.check(XR10.xrEnumerateReferenceSpaces(session, count, null), "asking for its spaces");
            IntBuffer types = stack.mallocInt(count.get(0));
            XrFault.check(XR10.xrEnumerateReferenceSpaces(session, count, types), "asking for its spaces");
            Set<Integer> all = new HashSet<>();
            for (int i = 0; i < types.limit(); i++) {
                all.add(types.get(i));
            }
            return all;
        }
    }

    private XrSpace make(int type, Pose at) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrReferenceSpaceCreateInfo info =
                    XrReferenceSpaceCreateInfo.calloc(stack).type$Default().referenceSpaceType(type);
            Poses.into(at, info.poseInReferenceSpace());
            PointerBuffer made = stack.mallocPointer(1);
            XrFault.check(XR10.xrCreateReferenceSpace(session, info, made), "making the space of the floor");
            return new XrSpace(made.get(0), session);
        }
    }

    /** All poses are relative to it. Another one after {@link #settle}. */
    XrSpace space() {
        return space;
    }

    /** Where the head is at a time. */
    Poses.Located head(long time) throws XrFault {
        return Poses.locate(head, space, time, "the head");
    }

    /** From the next frame on the middle is where the head is then, as soon as it is measured. */
    void recentre() {
        wanted = true;
    }

    /** The runtime says that a space moves for frames from a time on. */
    void moves(int type, long time) {
        // Some runtimes recentre only LOCAL: what the wearer asked for with the headset's button is done to the stage
        // as well.
        if (type == kind.type || kind == Kind.STAGE && type == Kind.LOCAL.type) {
            wanted = wanted || type != kind.type;
            pending = true;
            pendingFrom = time;
        }
    }

    /**
     * Does what is due for the frame of this time.
     *
     * @param seen whether somebody wears the headset: it is not recentred on the table
     * @return whether the middle is another one
     */
    boolean settle(long time, boolean seen) throws XrFault {
        boolean moved = pending && time >= pendingFrom;
        if (moved) {
            pending = false;
            if (!middle.equals(untouched)) {
                place(untouched);
            }
        }
        if (!wanted || pending || !seen) {
            return moved;
        }
        Poses.Located at = head(time);
        if (!at.tracked()) {
            return moved;
        }
        wanted = false;
        place(Poses.compose(middle, Poses.upright(at.pose())));
        return true;
    }

    private void place(Pose at) throws XrFault {
        XrSpace before = space;
        space = make(kind.type, at);
        middle = at;
        XR10.xrDestroySpace(before);
    }

    /** For the record. */
    String words() {
        return switch (kind) {
            case LOCAL_FLOOR -> "floor and middle of the headset";
            case STAGE -> "floor of the headset, middle where the head was first";
            case LOCAL -> "floor " + -untouched.y() + " m below the eyes";
        };
    }

    @Override
    public void close() {
        XR10.xrDestroySpace(space);
        XR10.xrDestroySpace(head);
    }
}
