/** Breathing rate, depth and adherence to a pace, live and per phase. */
package org.anodyne.plugins.respiration;
