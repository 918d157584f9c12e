/** A virtual island for distraction and relaxation: sea, forest, mountains or stars around the participant. */
package org.anodyne.plugins.island;
