/** TMS by a Magstim 200², BiStim² or Rapid²; follows the published protocol, not verified on hardware. */
package org.anodyne.plugins.tmsmagstim;
