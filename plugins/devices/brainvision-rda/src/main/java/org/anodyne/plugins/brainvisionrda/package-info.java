/** BrainVision Remote Data Access: samples and markers of a recorder over TCP. */
package org.anodyne.plugins.brainvisionrda;
