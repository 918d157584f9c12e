/** The record of a session: writing it, opening it, and making a dataset of it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.anodyne.record;
