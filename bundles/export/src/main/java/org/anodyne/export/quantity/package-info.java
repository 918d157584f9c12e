/** Outcomes that a protocol or a study names, computed from records. */
package org.anodyne.export.quantity;
