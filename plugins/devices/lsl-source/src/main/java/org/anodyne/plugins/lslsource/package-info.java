/** Streams of the Lab Streaming Layer as sources. */
package org.anodyne.plugins.lslsource;
