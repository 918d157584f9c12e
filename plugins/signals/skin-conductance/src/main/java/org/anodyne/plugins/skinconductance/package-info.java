/** Skin-conductance level and responses, live and per phase. */
package org.anodyne.plugins.skinconductance;
