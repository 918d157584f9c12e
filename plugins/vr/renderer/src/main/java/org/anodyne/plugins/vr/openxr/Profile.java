package org.anodyne.plugins.vr.openxr;

/**
 * Controllers whose keys are known by name (OpenXR 1.0, section 6.4). A runtime maps others onto the nearest of them. What one
 * does not have is empty; the simple controller has one key, which is then the trigger too.
 */
enum Profile {
    SIMPLE("khr/simple_controller", "select/click", "", "", "select/click"),
    TOUCH("oculus/touch_controller", "trigger/value", "squeeze/value", "thumbstick", "trigger/value"),
    INDEX("valve/index_controller", "trigger/value", "squeeze/value", "thumbstick", "trigger/click"),
    VIVE("htc/vive_controller", "trigger/value", "squeeze/click", "trackpad", "trigger/click"),
    MOTION("microsoft/motion_controller", "trigger/value", "squeeze/click", "thumbstick", "trigger/value");

    private final String path;
    private final String trigger;
    private final String squeeze;
    private final String stick;
    private final String select;

    Profile(String path, String trigger, String squeeze, String stick, String select) {
        this.path = "/interaction_profiles/" + path;
        this.trigger = trigger;
        this.squeeze = squeeze;
        this.stick = stick;
        this.select = select;
    }

    String path() {
        return path;
    }

    String trigger() {
        return trigger;
    }

    String squeeze() {
        return squeeze;
    }

    String stick() {
        return stick;
    }

    String select() {
        return select;
    }
}
