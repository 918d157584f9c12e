/** Filters and re-references a stream of samples. */
package org.anodyne.plugins.filter;
