/** Band power, relative power and individual alpha peak of an EEG, live and per phase. */
package org.anodyne.plugins.bandpower;
