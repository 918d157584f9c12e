/** Writing in the world. */
package org.anodyne.plugins.vr.text;
