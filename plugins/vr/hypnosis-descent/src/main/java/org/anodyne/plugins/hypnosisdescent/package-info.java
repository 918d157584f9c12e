/** A virtual boat that sinks slowly through layers of light into a quiet grotto, for guided descents. */
package org.anodyne.plugins.hypnosisdescent;
