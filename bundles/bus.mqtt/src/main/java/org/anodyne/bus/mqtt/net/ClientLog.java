package org.anodyne.bus.mqtt.net;

import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.eclipse.paho.mqttv5.client.logging.Logger;
import org.eclipse.paho.mqttv5.client.logging.LoggerFactory;

/**
 * Where the client library logs to: what it calls severe is a lost connection, which the bus reports itself, so that all
 * of it is debug output. The library makes one per class, by name.
 */
public final class ClientLog implements Logger {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger("org.anodyne.bus.mqtt.client");

    private ResourceBundle messages;

    /** Makes the library log here; before its first class is used. */
    public static void install() {
        LoggerFactory.setLogger(ClientLog.class.getName());
    }

    @Override
    public void initialise(ResourceBundle catalog, String loggerId, String resource) {
        messages = catalog;
    }

    @Override
    public void setResourceName(String context) {
        // the thread's name says which client it is
    }

    @Override
    public boolean isLoggable(int level) {
        return level <= WARNING ? LOG.isDebugEnabled() : LOG.isTraceEnabled();
    }

    @Override
    public void severe(String type, String method, String msg) {
        log(SEVERE, type, method, msg, null, null);
    }

    @Override
    public void severe(String type, String method, String msg, Object[] inserts) {
        log(SEVERE, type, method, msg, inserts, null);
    }

    @Override
    public void severe(String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(SEVERE, type, method, msg, inserts, thrown);
    }

    @Override
    public void warning(String type, String method, String msg) {
        log(WARNING, type, method, msg, null, null);
    }

    @Override
    public void warning(String type, String method, String msg, Object[] inserts) {
        log(WARNING, type, method, msg, inserts, null);
    }

    @Override
    public void warning(String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(WARNING, type, method, msg, inserts, thrown);
    }

    @Override
    public void info(String type, String method, String msg) {
        log(INFO, type, method, msg, null, null);
    }

    @Override
    public void info(String type, String method, String msg, Object[] inserts) {
        log(INFO, type, method, msg, inserts, null);
    }

    @Override
    public void info(String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(INFO, type, method, msg, inserts, thrown);
    }

    @Override
    public void config(String type, String method, String msg) {
        log(CONFIG, type, method, msg, null, null);
    }

    @Override
    public void config(String type, String method, String msg, Object[] inserts) {
        log(CONFIG, type, method, msg, inserts, null);
    }

    @Override
    public void config(String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(CONFIG, type, method, msg, inserts, thrown);
    }

    @Override
    public void fine(String type, String method, String msg) {
        log(FINE, type, method, msg, null, null);
    }

    @Override
    public void fine(String type, String method, String msg, Object[] inserts) {
        log(FINE, type, method, msg, inserts, null);
    }

    @Override
    public void fine(String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(FINE, type, method, msg, inserts, thrown);
    }

    @Override
    public void finer(String type, String method, String msg) {
        log(FINER, type, method, msg, null, null);
    }

    @Override
    public void finer(String type, String method, String msg, Object[] inserts) {
        log(FINER, type, method, msg, inserts, null);
    }

    @Override
    public void finer(String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(FINER, type, method, msg, inserts, thrown);
    }

    @Override
    public void finest(String type, String method, String msg) {
        log(FINEST, type, method, msg, null, null);
    }

    @Override
    public void finest(String type, String method, String msg, Object[] inserts) {
        log(FINEST, type, method, msg, inserts, null);
    }

    @Override
    public void finest(String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(FINEST, type, method, msg, inserts, thrown);
    }

    @Override
    public void log(int level, String type, String method, String msg, Object[] inserts, Throwable thrown) {
        if (!isLoggable(level)) {
            return;
        }
        String text = type.substring(type.lastIndexOf('.') + 1) + "." + method + ": " + formatMessage(msg, inserts);
        if (level <= WARNING) {
            LOG.debug(text, thrown);
        } else {
            LOG.trace(text, thrown);
        }
    }

    @Override
    public void trace(int level, String type, String method, String msg, Object[] inserts, Throwable thrown) {
        log(level, type, method, msg, inserts, thrown);
    }

    @Override
    public String formatMessage(String msg, Object[] inserts) {
        try {
            return new MessageFormat(messages.getString(msg)).format(inserts);
        } catch (MissingResourceException | IllegalArgumentException e) {
            return msg;
        }
    }

    @Override
    public void dumpTrace() {
        // nothing is kept
    }
}
