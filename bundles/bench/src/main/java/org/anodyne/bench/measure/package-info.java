/** How benchmarks take times and settings. */
package org.anodyne.bench.measure;
