/** Lines to devices, by address: serial ports, pseudo-terminals and TCP; none of them ever blocks. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.anodyne.line;
