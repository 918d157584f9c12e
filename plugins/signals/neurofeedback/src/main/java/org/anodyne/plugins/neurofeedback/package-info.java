/** Plug-in {@code neurofeedback}. */
package org.anodyne.plugins.neurofeedback;
