/**
 * A stimulator that speaks the reference protocol of {@code docs/tdcs-protocol.md}, with a body at its electrodes: the text of
 * lines ({@link org.anodyne.simulator.tdcs.LineReader}, {@link org.anodyne.simulator.tdcs.Replies}), the device
 * ({@link org.anodyne.simulator.tdcs.Unit}), the current ({@link org.anodyne.simulator.tdcs.CurrentSource},
 * {@link org.anodyne.simulator.tdcs.Body}).
 */
package org.anodyne.simulator.tdcs;
