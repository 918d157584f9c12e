/** Sessions: checking a protocol, running a session of it, replaying a record. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.6.0")
package org.anodyne.session;
