/** What is heard: voices in the world, ambience, noise at a set ratio, and the cap on what leaves the mix. */
package org.anodyne.plugins.vr.sound;
