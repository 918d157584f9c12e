/** TMS by a MagVenture MagPro; follows the published protocol, not verified on hardware. */
package org.anodyne.plugins.tmsmagventure;
