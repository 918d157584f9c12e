/** A folder of measures: the tables as they came, who took them in and when, and what is made of them. */
package org.anodyne.measures.holdings;
