/** OpenBCI Cyton: samples, accelerometer and aux inputs from the dongle's serial line. */
package org.anodyne.plugins.openbcicyton;
