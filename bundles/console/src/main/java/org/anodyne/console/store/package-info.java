/** The console's database: who may come in, who took part, what was entered. */
package org.anodyne.console.store;
