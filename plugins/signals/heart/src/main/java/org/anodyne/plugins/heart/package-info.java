/** Heart rate, its variability and coherence, live and per phase. */
package org.anodyne.plugins.heart;
