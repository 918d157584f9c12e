/**
 * A QST.Lab TCS II thermode as a process of its own: the commands ({@link org.anodyne.simulator.tcs2.CommandReader}), the device
 * ({@link org.anodyne.simulator.tcs2.Unit}) and the five areas on the skin ({@link org.anodyne.simulator.tcs2.Thermode}).
 */
package org.anodyne.simulator.tcs2;
