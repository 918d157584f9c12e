/** A virtual terrace by a lake with lanterns to reach for, goal-directed or time-marked. */
package org.anodyne.plugins.goaltraining;
