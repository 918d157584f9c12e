/** Feedback from a feature: live, replayed, yoked or sham, chosen by a sealed code. */
package org.anodyne.plugins.feedback;
