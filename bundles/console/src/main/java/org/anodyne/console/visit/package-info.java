/** Visits: a session that was begun from the console, what it looks like now, and what is left of it. */
package org.anodyne.console.visit;
