/** The session in numbers, and JSON as other programs read it. */
package org.anodyne.export.summary;
