package org.anodyne.measures.holdings;

import org.anodyne.measures.Measure;

/** A measure and the table that it is from. */
record Held(Measure measure, Import from) {}
