/** What pages may ask, a desk for each matter; which role may ask it stands at each route. */
package org.anodyne.console.desk;
