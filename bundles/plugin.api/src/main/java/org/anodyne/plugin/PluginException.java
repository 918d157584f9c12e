package org.anodyne.plugin;

/** A plug-in could not do what it was asked; the message says to a person what happened, to what, and what to do. */
public class PluginException extends Exception {
    private static final long serialVersionUID = 1L;

    public PluginException(String message) {
        super(message);
    }

    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
