/** Plays a recording (text, EDF, BDF, XDF) into a session as a signal source. */
package org.anodyne.plugins.filereplay;
