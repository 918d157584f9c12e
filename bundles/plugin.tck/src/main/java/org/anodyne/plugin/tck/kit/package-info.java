/** The conformance kit: what is asked of an adapter at its device or simulator, as checks that need no test framework. */
package org.anodyne.plugin.tck.kit;
