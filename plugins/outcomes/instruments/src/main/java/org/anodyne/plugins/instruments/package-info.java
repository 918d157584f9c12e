/** Questionnaires and forms as data: asked item by item, scored by their published rules. */
package org.anodyne.plugins.instruments;
