/** What the participant sees, for the operator. */
package org.anodyne.plugins.vr.mirror;
