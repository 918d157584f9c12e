/** Benchmarks, offered as services and run by {@code anodyne bench NAME}. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.anodyne.bench;
