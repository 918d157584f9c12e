package org.anodyne.plugin;

/** The role that a plug-in plays in a session; the host picks the contract that it holds an instance to by it. */
public enum PluginKind {
    /** Delivers time-stamped blocks of samples ({@code SignalSource}). */
    SOURCE,
    /** Turns blocks and features into features or blocks ({@code SignalProcessor}). */
    PROCESSOR,
    /** Decides and acts per phase and trial ({@code Intervention}). */
    INTERVENTION,
    /** Executes approved commands on a device ({@code Actuator}). */
    ACTUATOR,
    /** Asks items and scores answers ({@code OutcomeInstrument}). */
    OUTCOME,
    /** Hands streams, features and events on to the world outside ({@code SignalSink}); nothing rests on it. */
    SINK,
    /** Draws a virtual world ({@code SceneProgram}); shown while the slot runs. */
    SCENE,
    /** Shows worlds in a headset or on a screen ({@code Display}); at most one of a session. */
    DISPLAY,
    /** Judges a command before it reaches an actuator ({@code SafetyRule}). */
    SAFETY_RULE
}
