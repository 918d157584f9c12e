/** What processors of one channel have in common: choice of the channel, gaps, phases, hand-over. */
package org.anodyne.channel;
