/** Benchmarks of the platform; each is a service. */
package org.anodyne.bench.suite;
