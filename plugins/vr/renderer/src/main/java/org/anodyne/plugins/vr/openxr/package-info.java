/** The headset: OpenXR's instance, session, spaces, controllers and pictures. Needs OpenXR's natives; loaded only when asked for. */
package org.anodyne.plugins.vr.openxr;
