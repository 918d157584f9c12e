/** Tables of measures: read, checked whole, refused whole. */
package org.anodyne.measures.table;
