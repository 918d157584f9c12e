/** Interventions: the contract, triggers and decisions, activities and answers. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.anodyne.plugin.intervention;
