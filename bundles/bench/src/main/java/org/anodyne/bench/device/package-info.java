/** Benchmarks of actuators, with their simulators in processes of their own. */
package org.anodyne.bench.device;
