/** The plug-in host as the session engine and the command line see it: what is installed, and slots at work. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
package org.anodyne.host;
