/** What browsers may hear on the bus. */
package org.anodyne.console.live;
