/** A working-memory task (n-back) on a standing stone in a calm virtual landscape. */
package org.anodyne.plugins.attentiontask;
