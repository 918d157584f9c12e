/** An actuator for heat by a QST.Lab TCS II thermode, which acknowledges nothing and has no watchdog. */
package org.anodyne.plugins.thermodetcs2;
