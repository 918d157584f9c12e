/** Anodyne's own logistic pain-state model over named features; not validated, for research. */
package org.anodyne.plugins.painstate;
