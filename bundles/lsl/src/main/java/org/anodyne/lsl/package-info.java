/** Lab Streaming Layer, protocol 1.10, in pure Java: finding streams, taking them in, and offering them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.lsl;
