/** BITalino (r)evolution: analogue and digital inputs from its serial line. */
package org.anodyne.plugins.bitalino;
