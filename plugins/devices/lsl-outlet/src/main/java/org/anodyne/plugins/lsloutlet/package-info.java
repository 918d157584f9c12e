/** Streams, features and events of a session as outlets of the Lab Streaming Layer. */
package org.anodyne.plugins.lsloutlet;
