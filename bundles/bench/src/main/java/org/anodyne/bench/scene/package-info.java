/** How long worlds take to draw. */
package org.anodyne.bench.scene;
