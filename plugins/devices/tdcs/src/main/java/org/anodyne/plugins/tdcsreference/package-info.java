/** An actuator for tDCS and tACS over the reference protocol of {@code docs/tdcs-protocol.md}, with sham behind a seal. */
package org.anodyne.plugins.tdcsreference;
