/** TENS by a stimulator that speaks ScienceMode2; follows the protocol, not verified on hardware. */
package org.anodyne.plugins.tensrehastim;
