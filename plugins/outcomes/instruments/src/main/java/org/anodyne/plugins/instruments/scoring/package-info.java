/** Answers to scores, bands and change: pure functions of an instrument's definition. */
package org.anodyne.plugins.instruments.scoring;
