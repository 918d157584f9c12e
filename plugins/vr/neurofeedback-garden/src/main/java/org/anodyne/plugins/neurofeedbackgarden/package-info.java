/** A garden whose weather follows a feature. */
package org.anodyne.plugins.neurofeedbackgarden;
