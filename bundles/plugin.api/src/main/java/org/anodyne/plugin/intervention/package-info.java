/** Interventions: the contract, triggers and decisions. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.plugin.intervention;
