package org.anodyne.plugins.vr.openxr;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugins.vr.surface.Tick;
import org.lwjgl.PointerBuffer;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrAction;
import org.lwjgl.openxr.XrActionCreateInfo;
import org.lwjgl.openxr.XrActionSet;
import org.lwjgl.openxr.XrActionSetCreateInfo;
import org.lwjgl.openxr.XrActionSpaceCreateInfo;
import org.lwjgl.openxr.XrActionStateBoolean;
import org.lwjgl.openxr.XrActionStateFloat;
import org.lwjgl.openxr.XrActionStateGetInfo;
import org.lwjgl.openxr.XrActionStateVector2f;
import org.lwjgl.openxr.XrActionSuggestedBinding;
import org.lwjgl.openxr.XrActionsSyncInfo;
import org.lwjgl.openxr.XrActiveActionSet;
import org.lwjgl.openxr.XrInstance;
import org.lwjgl.openxr.XrInteractionProfileState;
import org.lwjgl.openxr.XrInteractionProfileSuggestedBinding;
import org.lwjgl.openxr.XrSession;
import org.lwjgl.openxr.XrSessionActionSetsAttachInfo;
import org.lwjgl.openxr.XrSpace;
import org.lwjgl.system.MemoryStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both controllers, and where the eyes look where that is measured. Thread: the render thread. */
final class Controls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controls.class);
    private static final String[] HANDS = {"/user/hand/left", "/user/hand/right"};
    private static final String EYES = "/user/eyes_ext/input/gaze_ext/pose";
    private static final String EYES_PROFILE = "/interaction_profiles/ext/eye_gaze_interaction";
    /** A stick at rest is seldom at 0: below this it counts as at rest (engineering default). */
    private static final float AT_REST = 0.2f;
    /** How far all of grips and triggers are pulled for panic (engineering default). */
    private static final float PULLED = 0.7f;

    /** What was read for a frame. */
    record Read(Hand left, Hand right, Optional<Pose> gaze, Tick.Keys keys) {
        static final Read NOTHING = new Read(Hand.AWAY, Hand.AWAY, Optional.empty(), Tick.Keys.NONE);
    }

    private final XrInstance instance;
    private final XrSession session;
    private final XrActionSet set;
    private final long[] paths = new long[HANDS.length];
    private final XrAction grip;
    private final XrAction aim;
    private final XrAction trigger;
    private final XrAction squeeze;
    private final XrAction stick;
    private final XrAction select;
    private final XrSpace[] grips = new XrSpace[HANDS.length];
    private final XrSpace[] aims = new XrSpace[HANDS.length];
    private final Optional<XrSpace> gaze;
    private boolean panicHeld;

    Controls(HeadsetSystem system, XrSession session) throws XrFault {
        this.instance = system.instance();
        this.session = session;
        for (int i = 0; i < HANDS.length; i++) {
            paths[i] = path(HANDS[i]);
        }
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActionSetCreateInfo info = XrActionSetCreateInfo.calloc(stack)
                    .type$Default()
                    .actionSetName(stack.UTF8("world"))
                    .localizedActionSetName(stack.UTF8("In the world"));
            PointerBuffer made = stack.mallocPointer(1);
            XrFault.check(XR10.xrCreateActionSet(instance, info, made), "naming the controllers' keys");
            set = new XrActionSet(made.get(0), instance);
        }
        grip = action("grip", "Hand", XR10.XR_ACTION_TYPE_POSE_INPUT, true);
        aim = action("aim", "Pointing", XR10.XR_ACTION_TYPE_POSE_INPUT, true);
        trigger = action("trigger", "Trigger", XR10.XR_ACTION_TYPE_FLOAT_INPUT, true);
        squeeze = action("squeeze", "Grip", XR10.XR_ACTION_TYPE_FLOAT_INPUT, true);
        stick = action("stick", "Move and turn", XR10.XR_ACTION_TYPE_VECTOR2F_INPUT, true);
        select = action("select", "Select", XR10.XR_ACTION_TYPE_BOOLEAN_INPUT, true);
        for (Profile p : Profile.values()) {
            suggest(p.path(), bindings(p));
        }
        XrAction eyes = null;
        if (system.gaze()) {
            eyes = action("gaze", "Where the eyes look", XR10.XR_ACTION_TYPE_POSE_INPUT, false);
            suggest(EYES_PROFILE, List.of(new Binding(eyes, EYES)));
        }
        for (int i = 0; i < HANDS.length; i++) {
            grips[i] = space(grip, paths[i]);
            aims[i] = space(aim, paths[i]);
        }
        gaze = eyes == null ? Optional.empty() : Optional.of(space(eyes, XR10.XR_NULL_PATH));
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrFault.check(
                    XR10.xrAttachSessionActionSets(
                            session,
                            XrSessionActionSetsAttachInfo.calloc(stack)
                                    .type$Default()
                                    .actionSets(stack.pointers(set))),
                    "attaching the controllers");
        }
    }

    private record Binding(XrAction action, String path) {}

    private List<Binding> bindings(Profile p) {
        List<Binding> all = new ArrayList<>();
        for (String hand : HANDS) {
            String input = hand + "/input/";
            all.add(new Binding(grip, input + "grip/pose"));
            all.add(new Binding(aim, input + "aim/pose"));
            all.add(new Binding(trigger, input + p.trigger()));
            all.add(new Binding(select, input + p.select()));
            if (!p.squeeze().isEmpty()) {
                all.add(new Binding(squeeze, input + p.squeeze()));
            }
            if (!p.stick().isEmpty()) {
                all.add(new Binding(stick, input + p.stick()));
            }
        }
        return all;
    }

    private long path(String words) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            LongBuffer path = stack.mallocLong(1);
            XrFault.check(XR10.xrStringToPath(instance, words, path), "naming " + words);
            return path.get(0);
        }
    }

    private XrAction action(String name, String shown, int type, boolean hands) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActionCreateInfo info = XrActionCreateInfo.calloc(stack)
                    .type$Default()
                    .actionName(stack.UTF8(name))
                    .localizedActionName(stack.UTF8(shown))
                    .actionType(type);
            if (hands) {
                info.countSubactionPaths(paths.length).subactionPaths(stack.longs(paths));
            }
            PointerBuffer made = stack.mallocPointer(1);
            XrFault.check(XR10.xrCreateAction(set, info, made), "naming the key " + name);
            return new XrAction(made.get(0), set);
        }
    }

    private void suggest(String profile, List<Binding> bindings) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActionSuggestedBinding.Buffer all = XrActionSuggestedBinding.calloc(bindings.size(), stack);
            for (int i = 0; i < bindings.size(); i++) {
                all.get(i)
                        .action(bindings.get(i).action())
                        .binding(path(bindings.get(i).path()));
            }
            int result = XR10.xrSuggestInteractionProfileBindings(
                    instance,
                    XrInteractionProfileSuggestedBinding.calloc(stack)
                            .type$Default()
                            .interactionProfile(path(profile))
                            .suggestedBindings(all));
            // A runtime may not know one of the controllers; then nobody holds it.
            if (result == XR10.XR_ERROR_PATH_UNSUPPORTED) {
                LOG.debug("the runtime does not know {}", profile);
            } else {
                XrFault.check(result, "naming the keys of " + profile);
            }
        }
    }

    private XrSpace space(XrAction action, long hand) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActionSpaceCreateInfo info = XrActionSpaceCreateInfo.calloc(stack)
                    .type$Default()
                    .action(action)
                    .subactionPath(hand);
            info.poseInActionSpace().orientation().set(0, 0, 0, 1);
            PointerBuffer made = stack.mallocPointer(1);
            XrFault.check(XR10.xrCreateActionSpace(session, info, made), "making the space of a hand");
            return new XrSpace(made.get(0), session);
        }
    }

    /** Reads everything for a frame that is seen at this time; nothing while the controllers belong to something else. */
    Read read(XrSpace in, long time) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActiveActionSet.Buffer active = XrActiveActionSet.calloc(1, stack);
            active.get(0).actionSet(set).subactionPath(XR10.XR_NULL_PATH);
            int result = XrFault.check(
                    XR10.xrSyncActions(
                            session,
                            XrActionsSyncInfo.calloc(stack)
                                    .type$Default()
                                    .countActiveActionSets(1)
                                    .activeActionSets(active)),
                    "reading the controllers");
            if (result == XR10.XR_SESSION_NOT_FOCUSED) {
                return Read.NOTHING;
            }
        }
        Hand left = hand(0, in, time);
        Hand right = hand(1, in, time);
        boolean pulled =
                Math.min(Math.min(left.trigger(), left.grip()), Math.min(right.trigger(), right.grip())) > PULLED;
        boolean panic = pulled && !panicHeld;
        panicHeld = pulled;
        Optional<Pose> looks = Optional.empty();
        if (gaze.isPresent()) {
            Poses.Located at = Poses.locate(gaze.get(), in, time, "the eyes' look");
            looks = at.tracked() ? Optional.of(at.pose()) : Optional.empty();
        }
        return new Read(
                left,
                right,
                looks,
                new Tick.Keys(
                        pressed(0) | pressed(1),
                        beyondRest(left.stickY()),
                        beyondRest(left.stickX()),
                        beyondRest(right.stickX()),
                        panic,
                        -1));
    }

    private static float beyondRest(float v) {
        return Math.abs(v) < AT_REST ? 0 : Math.signum(v) * (Math.abs(v) - AT_REST) / (1 - AT_REST);
    }

    /** Placed where the grip is, pointing where the controller points. */
    private Hand hand(int i, XrSpace in, long time) throws XrFault {
        Poses.Located held = Poses.locate(grips[i], in, time, "a hand");
        if (!held.valid()) {
            return Hand.AWAY;
        }
        Poses.Located points = Poses.locate(aims[i], in, time, "a hand");
        Pose turn = points.valid() ? points.pose() : held.pose();
        Pose pose =
                new Pose(held.pose().x(), held.pose().y(), held.pose().z(), turn.qx(), turn.qy(), turn.qz(), turn.qw());
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActionStateVector2f both = XrActionStateVector2f.calloc(stack).type$Default();
            XrFault.check(XR10.xrGetActionStateVector2f(session, asked(stick, i, stack), both), "reading a stick");
            return new Hand(
                    pose,
                    held.tracked(),
                    number(trigger, i),
                    number(squeeze, i),
                    both.currentState().x(),
                    both.currentState().y());
        }
    }

    private XrActionStateGetInfo asked(XrAction action, int hand, MemoryStack stack) {
        return XrActionStateGetInfo.calloc(stack).type$Default().action(action).subactionPath(paths[hand]);
    }

    private float number(XrAction action, int hand) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActionStateFloat is = XrActionStateFloat.calloc(stack).type$Default();
            XrFault.check(XR10.xrGetActionStateFloat(session, asked(action, hand, stack), is), "reading a key");
            return is.isActive() ? is.currentState() : 0;
        }
    }

    private boolean pressed(int hand) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrActionStateBoolean is = XrActionStateBoolean.calloc(stack).type$Default();
            XrFault.check(XR10.xrGetActionStateBoolean(session, asked(select, hand, stack), is), "reading a key");
            return is.isActive() && is.changedSinceLastSync() && is.currentState();
        }
    }

    /** Other controllers were taken up: says which. */
    void changed() throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            for (int i = 0; i < HANDS.length; i++) {
                XrInteractionProfileState is =
                        XrInteractionProfileState.calloc(stack).type$Default();
                XrFault.check(
                        XR10.xrGetCurrentInteractionProfile(session, paths[i], is),
                        "asking which controllers there are");
                LOG.info("{}: {}", HANDS[i], is.interactionProfile() == XR10.XR_NULL_PATH ? "none" : words(is, stack));
            }
        }
    }

    private String words(XrInteractionProfileState is, MemoryStack stack) throws XrFault {
        java.nio.ByteBuffer text = stack.malloc(XR10.XR_MAX_PATH_LENGTH);
        java.nio.IntBuffer length = stack.mallocInt(1);
        XrFault.check(
                XR10.xrPathToString(instance, is.interactionProfile(), length, text), "asking for a controller's name");
        return org.lwjgl.system.MemoryUtil.memUTF8(text, length.get(0) - 1);
    }

    @Override
    public void close() {
        for (int i = 0; i < HANDS.length; i++) {
            XR10.xrDestroySpace(grips[i]);
            XR10.xrDestroySpace(aims[i]);
        }
        gaze.ifPresent(XR10::xrDestroySpace);
        XR10.xrDestroyActionSet(set);
    }
}
