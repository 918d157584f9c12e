/** Plug-in {@code feedback-screen}. */
package org.anodyne.plugins.feedbackscreen;
