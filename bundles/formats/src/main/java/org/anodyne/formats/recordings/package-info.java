/** How each format becomes a {@link org.anodyne.formats.Recording}; private to the bundle. */
package org.anodyne.formats.recordings;
